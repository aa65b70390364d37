import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Notes that a new upload URL is handed out for a user's task; what was wrong with an earlier upload is over. False: the task does not wait for an upload any more. */
export const noteUploadSigned = async (db: Kysely<Database>, userId: string, taskId: string): Promise<boolean> => {
  const noted = await db
    .updateTable('tasks')
    .set({ uploadSignedAt: sql<Date>`now()`, errorCode: null, errorParameters: null })
    .where('id', '=', taskId)
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .where('status', '=', 'awaiting_upload')
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}
