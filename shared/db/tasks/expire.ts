import { type Kysely, sql } from 'kysely'
import { statusesBefore } from '../../task-status.ts'
import type { Database } from '../schema.ts'

/**
 * A resumable upload session lives a week (https://cloud.google.com/storage/docs/resumable-uploads): after eight days from the
 * last upload URL nothing can arrive any more.
 */
const ABANDONED_AFTER_DAYS = 8

/** Expires the tasks whose upload was abandoned, and returns their ids: whatever arrived of them can be removed. */
export const expireAbandonedUploads = async (db: Kysely<Database>, limit: number): Promise<string[]> => {
  const expired = await db
    .with('abandoned', (qb) =>
      qb
        .selectFrom('tasks')
        .select('id')
        .where('status', '=', 'awaiting_upload')
        .where('uploadSignedAt', '<', sql<Date>`now() - make_interval(days => ${ABANDONED_AFTER_DAYS})`)
        .orderBy('uploadSignedAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('tasks')
    .from('abandoned')
    .set({ status: 'expired', finishedAt: sql<Date>`now()`, errorCode: 'upload_expired' })
    .whereRef('tasks.id', '=', 'abandoned.id')
    .where('tasks.status', 'in', statusesBefore('expired'))
    .returning('tasks.id')
    .execute()
  return expired.map((task) => task.id)
}
