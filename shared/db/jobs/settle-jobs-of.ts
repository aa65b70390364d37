import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../schema.ts'

/**
 * Cancels the live jobs of a user's task and then changes the task itself, in one transaction: locks are taken job first, then
 * task. False: `change` did not find the task. When the task was queued between the two, it has a new job that is alive: all is
 * rolled back, so that no lock is held in the wrong order, and done again.
 */
export const settleJobsOf = async (
  db: Kysely<Database>,
  userId: string,
  taskId: string,
  change: (trx: Transaction<Database>) => Promise<boolean>,
): Promise<boolean> => {
  for (;;) {
    try {
      return await db.transaction().execute(async (trx) => {
        await cancelJobs(trx, userId, taskId)
        const changed = await change(trx)
        if (changed && (await hasLiveJob(trx, taskId))) throw new QueuedMeanwhile()
        return changed
      })
    } catch (error) {
      if (!(error instanceof QueuedMeanwhile)) throw error
    }
  }
}

class QueuedMeanwhile extends Error {
  override readonly name = 'QueuedMeanwhile'
}

const live = ['queued', 'running'] as const

// A lease keeps its end, so that one can tell when its holder must have stopped.
const cancelJobs = (trx: Transaction<Database>, userId: string, taskId: string) =>
  trx
    .updateTable('jobs')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
    .where('taskId', '=', (qb) =>
      qb.selectFrom('tasks').select('id').where('id', '=', taskId).where('userId', '=', userId),
    )
    .where('status', 'in', live)
    .execute()

const hasLiveJob = async (trx: Transaction<Database>, taskId: string): Promise<boolean> =>
  (await trx
    .selectFrom('jobs')
    .select('id')
    .where('taskId', '=', taskId)
    .where('status', 'in', live)
    .executeTakeFirst()) !== undefined
