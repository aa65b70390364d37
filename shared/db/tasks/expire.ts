import { type Kysely, sql } from 'kysely'
import { statusesBefore } from '../../task-status.ts'
import type { Database } from '../schema.ts'

/**
 * A resumable upload session lives a week (https://cloud.google.com/storage/docs/resumable-uploads): after eight days from the
 * last upload URL nothing can arrive any more.
 */
export const ABANDONED_AFTER_DAYS = 8

const isAbandoned = sql<boolean>`(upload_signed_at < now() - make_interval(days => ${ABANDONED_AFTER_DAYS}))`

/** The tasks whose upload was abandoned, and whose upload URLs and sessions are dead. */
export const listAbandonedUploads = async (db: Kysely<Database>, limit: number): Promise<string[]> => {
  const tasks = await db
    .selectFrom('tasks')
    .select('id')
    .where('status', '=', 'awaiting_upload')
    .where(isAbandoned)
    .orderBy('uploadSignedAt')
    .limit(limit)
    .execute()
  return tasks.map((task) => task.id)
}

/**
 * Expires a task whose upload was abandoned, after which nothing queues it; what it may have left in the storage is swept (leftover.ts).
 * One that got its upload, or a new URL, at the last moment stays as it is.
 */
export const expireTask = async (db: Kysely<Database>, taskId: string): Promise<void> => {
  await db
    .updateTable('tasks')
    .set({ status: 'expired', finishedAt: sql<Date>`now()`, errorCode: 'upload_expired', unswept: true })
    .where('id', '=', taskId)
    .where('status', 'in', statusesBefore('expired'))
    .where(isAbandoned)
    .execute()
}
