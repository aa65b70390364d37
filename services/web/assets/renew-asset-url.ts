import { noteAssetUploadSigned } from '@reelway/shared/db/assets/note-upload-signed.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { assetObjectName } from '@reelway/shared/storage/object-names.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { signUpload } from '../uploads/sign-upload.ts'
import { assetIdOf, findAsset } from './find-asset.ts'

/** POST /api/assets/:assetId/upload-url: a new upload URL for an asset that still waits for its file; 409 otherwise. */
export const renewAssetUrl =
  (deps: Dependencies): UserHandler =>
  async (request, response, userId) => {
    const assetId = assetIdOf(request)
    const waiting = await noteAssetUploadSigned(deps.db, userId, assetId)
    const asset = await findAsset(deps, userId, assetId)
    if (!waiting) throw reelwayError('asset_state_conflict')
    response.json(await signUpload(deps.signing.uploads, assetObjectName(asset.id), asset))
  }
