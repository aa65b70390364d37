import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/**
 * Marks a user's asset as deleted: no new task can name it. What is being converted with it goes on; it is purged after that. False: there
 * is no such asset of this user.
 */
export const removeAsset = (db: Kysely<Database>, userId: string, assetId: string): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const removed = await trx
      .updateTable('assets')
      .set({ deletedAt: sql<Date>`now()` })
      .where('id', '=', assetId)
      .where('userId', '=', userId)
      .where('deletedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (removed === undefined) return false
    // Else a repeated request would be answered with an asset that is not there any more.
    await trx.deleteFrom('idempotencyKeys').where('assetId', '=', assetId).execute()
    return true
  })
