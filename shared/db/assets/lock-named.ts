import type { Transaction } from 'kysely'
import type { NamedAsset } from '../../options/named-assets.ts'
import type { Database } from '../schema.ts'
import type { AssetRow } from './asset-row.ts'

/** Why an option cannot use the asset that it names. unknown: also deleted, or somebody else's. */
export type AssetFault = { option: NamedAsset['option']; fault: 'unknown' | 'not-ready' | 'wrong-kind' }

/**
 * Holds the assets that a new task names until the end of the transaction, so that whoever deletes one waits, and then sees the task. Returns
 * what is wrong with them.
 */
export const lockNamedAssets = async (
  trx: Transaction<Database>,
  userId: string,
  named: readonly NamedAsset[],
): Promise<AssetFault[]> => {
  if (named.length === 0) return []
  const assets = await trx
    .selectFrom('assets')
    .select(['id', 'status', 'kind'])
    .where(
      'id',
      'in',
      named.map(({ assetId }) => assetId),
    )
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .forShare()
    .execute()
  return named.flatMap(({ option, assetId, kinds }) => {
    const fault = faultOf(
      assets.find(({ id }) => id === assetId),
      kinds,
    )
    return fault === undefined ? [] : [{ option, fault }]
  })
}

const faultOf = (
  asset: Pick<AssetRow, 'status' | 'kind'> | undefined,
  kinds: NamedAsset['kinds'],
): AssetFault['fault'] | undefined => {
  if (asset === undefined) return 'unknown'
  if (!kinds.includes(asset.kind)) return 'wrong-kind'
  return asset.status === 'ready' ? undefined : 'not-ready'
}
