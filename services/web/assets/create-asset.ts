import { createAsset as insertAsset } from '@reelway/shared/db/assets/create.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { AssetKind } from '@reelway/shared/options/named-assets.ts'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { idempotencyKeyOf } from '../idempotency-key.ts'
import { parseBody } from '../parse-body.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { kindOfAsset } from '../uploads/file-type.ts'
import { signUpload } from '../uploads/sign-upload.ts'
import { uploadFields } from '../uploads/upload-fields.ts'
import { toAssetResource } from './asset-resource.ts'
import type { createdAssetSchema } from './asset-schema.ts'

/** A photo of 50 megapixels as JPEG has about 20 MB; a minute of 4K from a phone, longer than any intro, about 0.4 GB. */
const LIMITS_BYTES: Record<AssetKind, number> = { picture: 20 * 1024 ** 2, clip: 2 * 1024 ** 3 }

export const newAsset = z.strictObject(uploadFields).meta({ id: 'NewAsset' })

/** POST /api/assets: makes an asset, which tasks can name when its file is there, and says how to upload that. */
export const createAsset =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const input = parseBody(newAsset, request)
    const kind = kindOfAsset(input.fileName, input.contentType)
    const limitBytes = LIMITS_BYTES[kind]
    if (input.sizeBytes > limitBytes) {
      throw reelwayError('file_too_large', { sizeBytes: input.sizeBytes, limitBytes })
    }
    const { crc32c, ...fields } = input
    const created = await insertAsset(
      deps.db,
      { userId, kind, ...fields, announcedCrc32c: crc32c ?? null },
      idempotencyKeyOf(request, input),
    )
    if (created.kind === 'key-reused') throw reelwayError('idempotency_key_reused')
    const asset = created.row
    if (created.kind === 'repeated') response.set('idempotent-replayed', 'true')
    else deps.logger.info('asset created', { assetId: asset.id, userId, kind, sizeBytes: asset.sizeBytes })
    const upload =
      asset.status === 'ready' ? null : await signUpload(deps.signing.uploads, assetObjectName(asset.id), asset)
    response
      .status(201)
      .location(`/api/assets/${asset.id}`)
      .json({ asset: await toAssetResource(asset, sign), upload } satisfies z.infer<typeof createdAssetSchema>)
  }
