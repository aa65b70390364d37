import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import type { AssetRow } from './asset-row.ts'

/** A user's asset; undefined when there is none, when it was deleted, or when it is somebody else's. */
export const findAssetOfUser = (db: Kysely<Database>, userId: string, assetId: string): Promise<AssetRow | undefined> =>
  db
    .selectFrom('assets')
    .selectAll()
    .where('id', '=', assetId)
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()

/** An asset whoever owns it, also a deleted one: for messages, which carry no user. */
export const findAsset = (db: Kysely<Database>, assetId: string): Promise<AssetRow | undefined> =>
  db.selectFrom('assets').selectAll().where('id', '=', assetId).executeTakeFirst()

/** Some assets of a user that are ready, also deleted ones: a task that named them may still use them. */
export const findReadyAssets = async (
  db: Kysely<Database>,
  userId: string,
  assetIds: readonly string[],
): Promise<AssetRow[]> =>
  assetIds.length === 0
    ? []
    : await db
        .selectFrom('assets')
        .selectAll()
        .where('id', 'in', assetIds)
        .where('userId', '=', userId)
        .where('status', '=', 'ready')
        .execute()
