import type { Kysely } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Database } from '../schema.ts'

/** Notes why an upload was not accepted. The task goes on waiting: its owner can upload again. */
export const rejectUpload = async (
  db: Kysely<Database>,
  taskId: string,
  code: ErrorCode,
  parameters: Record<string, string | number>,
): Promise<void> => {
  await db
    .updateTable('tasks')
    .set({ errorCode: code, errorParameters: JSON.stringify(parameters) })
    .where('id', '=', taskId)
    .where('status', '=', 'awaiting_upload')
    .execute()
}
