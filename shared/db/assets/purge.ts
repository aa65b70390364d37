import { type Kysely, sql } from 'kysely'
import { assetOptions } from '../../options/named-assets.ts'
import { isSettled, taskStatuses } from '../../task-status.ts'
import type { Database } from '../schema.ts'

/** No task that waits, or is being worked on, names the asset in its options. */
const isUnused = sql<boolean>`not exists (
  select from tasks
  where tasks.user_id = assets.user_id and tasks.deleted_at is null
    and tasks.status in (${sql.join(taskStatuses.filter((status) => !isSettled(status)))})
    and assets.id in (${sql.join(assetOptions.map((option) => sql`(tasks.options -> ${sql.lit(option)} ->> 'asset')::uuid`))}))`

/** The deleted assets that nobody needs any more, the longest deleted first; of one asset alone with `assetId`. */
export const listPurgeableAssets = async (db: Kysely<Database>, limit: number, assetId?: string): Promise<string[]> => {
  let select = db.selectFrom('assets').select('id').where('deletedAt', 'is not', null).where(isUnused)
  if (assetId !== undefined) select = select.where('id', '=', assetId)
  return (await select.orderBy('deletedAt').limit(limit).execute()).map(({ id }) => id)
}

/** Removes the row of a deleted asset, once its object is gone. */
export const purgeAsset = async (db: Kysely<Database>, assetId: string): Promise<void> => {
  await db.deleteFrom('assets').where('id', '=', assetId).where('deletedAt', 'is not', null).execute()
}
