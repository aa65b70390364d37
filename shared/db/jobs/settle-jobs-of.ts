import { sql, type Transaction } from 'kysely'
import type { Database } from '../schema.ts'

/**
 * Cancels the live jobs of a user's task: the first half of cancelling or deleting the task, because locks are taken job first,
 * then task. A lease keeps its end, so that one can tell when its holder must have stopped.
 */
export const settleJobsOf = async (trx: Transaction<Database>, userId: string, taskId: string): Promise<void> => {
  await trx
    .updateTable('jobs')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
    .where('taskId', '=', (qb) =>
      qb.selectFrom('tasks').select('id').where('id', '=', taskId).where('userId', '=', userId),
    )
    .where('status', 'in', ['queued', 'running'])
    .execute()
}
