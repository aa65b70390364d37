import { type Kysely, sql } from 'kysely'
import { transientCodes } from '../../errors/transient-codes.ts'
import type { Database } from '../schema.ts'

/** After a failure that was ours its owner may retry soon, and what is done would be of use. */
const KEPT_FOR_RETRY_MINUTES = 15

/**
 * The task has settled for so long that its parts are of no use any more, and every lease has ended, so that nobody can store another.
 * What belongs to deleted tasks is purged with them.
 */
const isOver = sql<boolean>`(
  tasks.deleted_at is null
  and (tasks.status in ('completed', 'cancelled') or (tasks.status = 'failed' and (
    tasks.error_code <> all(${transientCodes}::text[])
    or tasks.finished_at < now() - make_interval(mins => ${KEPT_FOR_RETRY_MINUTES}))))
  and not exists (select from jobs where jobs.task_id = tasks.id and jobs.lease_expires_at > now()))`

/** The tasks that were cut into parts once and need none any more, those that settled first at the head. */
export const listLeftoverParts = async (db: Kysely<Database>, limit: number): Promise<string[]> => {
  const tasks = await db
    .selectFrom('tasks')
    .select('id')
    .where('planKey', 'is not', null)
    .where(isOver)
    .orderBy('finishedAt')
    .limit(limit)
    .execute()
  return tasks.map(({ id }) => id)
}

/**
 * Removes the parts of a task from the database, so that no retry finds them any more; their objects may be removed then. False: the
 * task may still need them, and nothing is removed.
 */
export const forgetParts = (db: Kysely<Database>, taskId: string): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const over = await trx
      .selectFrom('tasks')
      .select('id')
      .where('id', '=', taskId)
      .where(isOver)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (over === undefined) return false
    await trx.deleteFrom('parts').where('taskId', '=', taskId).execute()
    return true
  })

/** Notes that nothing of a task's parts is left anywhere; unless it was cut again meanwhile. */
export const notePartsGone = async (db: Kysely<Database>, taskId: string): Promise<void> => {
  await db
    .updateTable('tasks')
    .set({ planKey: null })
    .where('id', '=', taskId)
    .where(isOver)
    .where((task) =>
      task.not(task.exists(task.selectFrom('parts').select('parts.id').whereRef('parts.taskId', '=', 'tasks.id'))),
    )
    .execute()
}
