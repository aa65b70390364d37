import { listPurgeableAssets } from '@reelway/shared/db/assets/purge.ts'
import { removeAsset } from '@reelway/shared/db/assets/remove.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { deleteObjectOfAsset } from '@reelway/shared/storage/delete-objects.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { assetIdOf } from './find-asset.ts'

/**
 * DELETE /api/assets/:assetId: the asset is gone at once, and no task can name it any more. Its object is deleted now, unless tasks that
 * have not settled use it: then by the reaper, when they have. The reaper also deletes what the storage did not answer for.
 */
export const deleteAsset =
  ({ db, uploads, logger }: Dependencies): UserHandler =>
  async (request, response, userId) => {
    const assetId = assetIdOf(request)
    if (!(await removeAsset(db, userId, assetId))) throw reelwayError('asset_not_found')
    logger.info('asset deleted', { assetId, userId })
    try {
      for (const unused of await listPurgeableAssets(db, 1, assetId)) await deleteObjectOfAsset(uploads, unused)
    } catch (err) {
      logger.warn('object of a deleted asset not removed yet: the reaper will do it', { assetId, err })
    }
    response.status(204).end()
  }
