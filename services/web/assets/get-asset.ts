import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { toAssetResource } from './asset-resource.ts'
import { assetIdOf, findAsset } from './find-asset.ts'

/** GET /api/assets/:assetId: the asset, with a URL to download it when it is ready. */
export const getAsset =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const asset = await findAsset(deps, userId, assetIdOf(request))
    response.set('cache-control', 'private, no-cache').json(await toAssetResource(asset, sign))
  }
