import { type Kysely, sql } from 'kysely'
import { statusesBefore } from '../../task-status.ts'
import { settleJobsOf } from '../jobs/settle-jobs-of.ts'
import type { Database } from '../schema.ts'

/**
 * Cancels a user's task and its live jobs. The holder of a lease notices at its next renewal and stops. False: there is no
 * such task of this user, or it has settled already.
 */
export const cancelTask = async (db: Kysely<Database>, userId: string, taskId: string): Promise<boolean> => {
  const cancelled = await settleJobsOf(db, taskId, (trx) =>
    trx
      .updateTable('tasks')
      .set({ status: 'cancelled', finishedAt: sql<Date>`now()`, errorCode: null, errorParameters: null })
      .where('id', '=', taskId)
      .where('userId', '=', userId)
      .where('deletedAt', 'is', null)
      .where('status', 'in', statusesBefore('cancelled'))
      .returning('id')
      .executeTakeFirst(),
  )
  return cancelled !== undefined
}
