import { type Kysely, sql } from 'kysely'
import { settleJobsOf } from '../jobs/settle-jobs-of.ts'
import type { Database } from '../schema.ts'

/**
 * Marks a user's task as deleted, which hides it at once, and cancels its live jobs. Its rows stay until purgeTask: a holder
 * may still be about to store a result. False: there is no such task of this user.
 */
export const removeTask = (db: Kysely<Database>, userId: string, taskId: string): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    await settleJobsOf(trx, userId, taskId)
    const removed = await trx
      .updateTable('tasks')
      .set({ deletedAt: sql<Date>`now()` })
      .where('id', '=', taskId)
      .where('userId', '=', userId)
      .where('deletedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    return removed !== undefined
  })
