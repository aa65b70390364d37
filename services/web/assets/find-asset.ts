import type { AssetRow } from '@reelway/shared/db/assets/asset-row.ts'
import { findAssetOfUser } from '@reelway/shared/db/assets/find.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'

/** The asset id in a request's path. Throws asset_not_found for what is no id. */
export const assetIdOf = (request: Request): string => {
  const parsed = z.uuid().safeParse(request.params.assetId)
  if (!parsed.success) throw reelwayError('asset_not_found')
  return parsed.data
}

/** The user's asset. Throws asset_not_found, also for somebody else's. */
export const findAsset = async (
  { db }: Pick<Dependencies, 'db'>,
  userId: string,
  assetId: string,
): Promise<AssetRow> => {
  const asset = await findAssetOfUser(db, userId, assetId)
  if (asset === undefined) throw reelwayError('asset_not_found')
  return asset
}
