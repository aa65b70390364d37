import type { Kysely } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Database } from '../schema.ts'

/**
 * Notes why an upload was not accepted, and which `generation` it was, which is never queued after that. The task goes on waiting: its owner
 * can upload again. False: it does not wait any more, perhaps because this very upload was queued by somebody who knew nothing against it.
 */
export const rejectUpload = async (
  db: Kysely<Database>,
  taskId: string,
  generation: string,
  { code, parameters }: { code: ErrorCode; parameters: Record<string, string | number> },
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set({ errorCode: code, errorParameters: JSON.stringify({ ...parameters, generation }) })
    .where('id', '=', taskId)
    .where('status', '=', 'awaiting_upload')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
