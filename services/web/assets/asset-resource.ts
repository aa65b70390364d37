import type { AssetRow } from '@reelway/shared/db/assets/asset-row.ts'
import { assetKinds } from '@reelway/shared/options/named-assets.ts'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import { z } from 'zod'
import { errorResource, shownError } from '../results/shown-error.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'

const time = z.iso.datetime()

/** A picture or clip of a user's own as the API shows it. */
export const assetResource = z.strictObject({
  id: z.uuid(),
  status: z.enum(['awaiting_upload', 'ready']),
  kind: z.enum(assetKinds),
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.int(),
  /** what was wrong with the last upload */
  error: errorResource.nullable(),
  /** null until it is ready */
  url: z.url().nullable(),
  expiresAt: time.nullable(),
  createdAt: time,
})

export type AssetResource = z.infer<typeof assetResource>

/** Turns a row into what the API shows; one that is ready gets a download URL. */
export const toAssetResource = async (
  asset: AssetRow,
  sign: (download: Download) => Promise<SignedDownload>,
): Promise<AssetResource> => {
  const { id, status, kind, fileName, contentType, sizeBytes, generation, errorCode, errorParameters } = asset
  const signed =
    status !== 'ready' || generation === null
      ? undefined
      : await sign({ objectName: assetObjectName(id), generation, contentType, fileName })
  return {
    id,
    status,
    kind,
    fileName,
    contentType,
    sizeBytes,
    error: errorCode === null ? null : shownError(errorCode, errorParameters),
    url: signed?.url ?? null,
    expiresAt: signed?.expiresAt.toISOString() ?? null,
    createdAt: asset.createdAt.toISOString(),
  }
}
