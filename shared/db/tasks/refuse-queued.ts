import { type Kysely, sql } from 'kysely'
import { statusesBefore } from '../../task-status.ts'
import { settleJobsOf } from '../jobs/settle-jobs-of.ts'
import type { Database } from '../schema.ts'
import type { Reason } from './fail.ts'

/**
 * Fails a task that was queued with an upload which its client then says is another file than the one it sent, and cancels its jobs. False:
 * it has settled already, and stays as it is.
 */
export const refuseQueuedTask = async (db: Kysely<Database>, taskId: string, reason: Reason): Promise<boolean> => {
  const refused = await settleJobsOf(db, taskId, (trx) =>
    trx
      .updateTable('tasks')
      .set({
        status: 'failed',
        finishedAt: sql<Date>`now()`,
        errorCode: reason.code,
        errorParameters: JSON.stringify(reason.parameters),
      })
      .where('id', '=', taskId)
      .where('status', 'in', statusesBefore('failed'))
      .returning('id')
      .executeTakeFirst(),
  )
  return refused !== undefined
}
