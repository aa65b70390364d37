import { assetKinds } from '@reelway/shared/options/named-assets.ts'
import { z } from 'zod'
import { listSchema } from '../lists/list-schema.ts'
import { errorSchema } from '../results/error-schema.ts'
import { timeSchema } from '../time-schema.ts'
import { uploadSchema } from '../uploads/upload-schema.ts'

/** A picture or clip of a user's own as the API shows it. */
export const assetSchema = z
  .strictObject({
    id: z.uuid(),
    status: z.enum(['awaiting_upload', 'ready']).describe('awaiting_upload: for its file; ready: tasks can name it.'),
    kind: z.enum(assetKinds).describe('A watermark must be a picture; intro and outro may be either.'),
    fileName: z.string(),
    contentType: z.string(),
    sizeBytes: z.int(),
    error: errorSchema.nullable().describe('What was wrong with the last upload.'),
    url: z.url().nullable().describe('Where it is downloaded, without a token; null until it is ready.'),
    expiresAt: timeSchema.nullable().describe('Until when the URL can be used.'),
    createdAt: timeSchema,
  })
  .meta({ id: 'Asset', description: 'A picture or clip of your own, for intro, outro and watermark.' })

export type AssetResource = z.infer<typeof assetSchema>

/** The answer to POST /api/assets. */
export const createdAssetSchema = z
  .strictObject({
    asset: assetSchema,
    upload: uploadSchema.nullable().describe('Null when its file is there already.'),
  })
  .meta({ id: 'CreatedAsset', description: 'A new asset, and how to upload its file.' })

/** The answer to GET /api/assets. */
export const assetListSchema = listSchema(assetSchema).meta({ id: 'AssetList', description: 'A page of assets.' })
