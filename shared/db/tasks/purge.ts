import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** The deleted tasks whose last lease has run out, so that nobody can store anything for them any more. */
export const listPurgeableTasks = async (db: Kysely<Database>, limit: number): Promise<string[]> => {
  const tasks = await db
    .selectFrom('tasks')
    .select('id')
    .where('deletedAt', 'is not', null)
    .where((task) =>
      task.not(
        task.exists(
          task
            .selectFrom('jobs')
            .select('jobs.id')
            .whereRef('jobs.taskId', '=', 'tasks.id')
            .where('leaseExpiresAt', '>', sql<Date>`now()`),
        ),
      ),
    )
    .orderBy('deletedAt')
    .limit(limit)
    .execute()
  return tasks.map((task) => task.id)
}

/** Removes the rows of a deleted task, once its objects are gone. */
export const purgeTask = (db: Kysely<Database>, taskId: string): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await trx.deleteFrom('jobs').where('taskId', '=', taskId).execute()
    await trx.deleteFrom('outputs').where('taskId', '=', taskId).execute()
    await trx.deleteFrom('idempotencyKeys').where('taskId', '=', taskId).execute()
    await trx.deleteFrom('tasks').where('id', '=', taskId).where('deletedAt', 'is not', null).execute()
  })
