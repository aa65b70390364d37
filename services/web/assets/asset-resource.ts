import type { AssetRow } from '@reelway/shared/db/assets/asset-row.ts'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import { shownError } from '../results/shown-error.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import type { AssetResource } from './asset-schema.ts'

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
