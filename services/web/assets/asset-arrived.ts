import { ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { acceptAssetUpload } from '@reelway/shared/uploads/accept-asset-upload.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { shownError } from '../results/shown-error.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { toAssetResource } from './asset-resource.ts'
import { assetIdOf, findAsset } from './find-asset.ts'

/** POST /api/assets/:assetId/uploaded: the client says that its file is there. Repeating it changes nothing. */
export const assetArrived =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const assetId = assetIdOf(request)
    const accepted = await acceptAssetUpload(deps, await findAsset(deps, userId, assetId))
    if (accepted.kind === 'rejected') throw accepted.error
    if (accepted.kind === 'accepted') deps.logger.info('asset ready', { assetId, userId })
    const asset = await findAsset(deps, userId, assetId)
    if (asset.status !== 'ready') {
      // The bucket's notification came first, and the upload was removed because it is not what was announced.
      if (asset.errorCode !== null)
        throw new ReelwayError(shownError(asset.errorCode, null).code, asset.errorParameters ?? {})
      throw reelwayError('upload_missing')
    }
    response.json(await toAssetResource(asset, sign))
  }
