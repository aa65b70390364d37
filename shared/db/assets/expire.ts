import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import { ABANDONED_AFTER_DAYS } from '../tasks/expire.ts'

const isAbandoned = sql<boolean>`(status = 'awaiting_upload' and deleted_at is null
  and upload_signed_at < now() - make_interval(days => ${ABANDONED_AFTER_DAYS}))`

/** The assets whose upload was abandoned, and whose upload URLs and sessions are dead. */
export const listAbandonedAssets = async (db: Kysely<Database>, limit: number): Promise<string[]> => {
  const assets = await db
    .selectFrom('assets')
    .select('id')
    .where(isAbandoned)
    .orderBy('uploadSignedAt')
    .limit(limit)
    .execute()
  return assets.map(({ id }) => id)
}

/**
 * Marks an abandoned asset as deleted, after which nothing makes it ready; its object and then its row are purged like those of any other
 * (db/assets/purge.ts). One that got its upload, or a new URL, at the last moment stays.
 */
export const expireAsset = (db: Kysely<Database>, assetId: string): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const expired = await trx
      .updateTable('assets')
      .set({ deletedAt: sql<Date>`now()` })
      .where('id', '=', assetId)
      .where(isAbandoned)
      .returning('id')
      .executeTakeFirst()
    if (expired === undefined) return
    await trx.deleteFrom('idempotencyKeys').where('assetId', '=', assetId).execute()
  })
