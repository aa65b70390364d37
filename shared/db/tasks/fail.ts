import { type Kysely, sql } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import { statusesBefore } from '../../task-status.ts'
import type { Lease } from '../jobs/lease.ts'
import { endFailedJob, settleJobsOf } from '../jobs/settle-jobs-of.ts'
import type { Database } from '../schema.ts'

export type Reason = { code: ErrorCode; parameters: Record<string, string | number> }

/**
 * Fails a task for a permanent reason, if the job that found it is still held under this lease; whatever its kind, the task's other
 * jobs are cancelled, and their holders stop at their next renewal. False: superseded.
 */
export const failTask = async (db: Kysely<Database>, lease: Lease, reason: Reason): Promise<boolean> => {
  const failed = await settleJobsOf(db, lease.taskId, async (trx, live) => {
    if (!live.some(({ id, leaseToken }) => id === lease.jobId && leaseToken === lease.token)) return undefined
    const task = await trx
      .updateTable('tasks')
      .set({
        status: 'failed',
        finishedAt: sql<Date>`now()`,
        errorCode: reason.code,
        errorParameters: JSON.stringify(reason.parameters),
      })
      .where('id', '=', lease.taskId)
      .where('status', 'in', statusesBefore('failed'))
      .returning('id')
      .executeTakeFirst()
    if (task !== undefined) await endFailedJob(trx, lease.jobId, reason.code)
    return task
  })
  return failed !== undefined
}
