import { type Kysely, sql } from 'kysely'
import { settleJobsOf } from '../jobs/settle-jobs-of.ts'
import type { Database } from '../schema.ts'

/**
 * Marks a user's task as deleted, which hides it at once, and cancels its live jobs. Its rows stay until purgeTask: a holder
 * may still be about to store a result. False: there is no such task of this user.
 */
export const removeTask = async (db: Kysely<Database>, userId: string, taskId: string): Promise<boolean> => {
  const removed = await settleJobsOf(db, taskId, async (trx) => {
    const found = await trx
      .updateTable('tasks')
      .set({ deletedAt: sql<Date>`now()` })
      .where('id', '=', taskId)
      .where('userId', '=', userId)
      .where('deletedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (found === undefined) return undefined
    // Else a repeated request would be answered with a task that is not there any more.
    await trx.deleteFrom('idempotencyKeys').where('taskId', '=', taskId).execute()
    return found
  })
  return removed !== undefined
}
