import { type Kysely, sql } from 'kysely'
import { transientCodes } from '../../errors/transient-codes.ts'
import { picturesIn } from '../../previews.ts'
import type { Database } from '../schema.ts'

/** After a failure that was ours its owner may retry soon, and what is done would be of use. */
const KEPT_FOR_RETRY_MINUTES = 15

/**
 * The task has settled for so long that what was made for it, but its outputs, is of no use any more, and every lease has ended, so
 * that nobody can store more. What belongs to deleted tasks is purged with them.
 */
const isOver = sql<boolean>`(
  tasks.deleted_at is null
  and (tasks.status in ('completed', 'cancelled', 'expired') or (tasks.status = 'failed' and (
    tasks.error_code <> all(${transientCodes}::text[])
    or tasks.finished_at < now() - make_interval(mins => ${KEPT_FOR_RETRY_MINUTES}))))
  and not exists (select from jobs where jobs.task_id = tasks.id and jobs.lease_expires_at > now()))`

/** The tasks that may have left something that nobody needs: parts, results of holders that died, an upload that came too late. The longest settled come first. */
export const listLeftovers = async (db: Kysely<Database>, limit: number): Promise<string[]> => {
  const tasks = await db
    .selectFrom('tasks')
    .select('id')
    .where('unswept', '=', true)
    .where(isOver)
    .orderBy('finishedAt')
    .limit(limit)
    .execute()
  return tasks.map(({ id }) => id)
}

/** What may go: every object of the task but these, and its upload if nothing will convert it. `version` tells whether the task has changed since. */
export type Leftovers = { keptObjects: string[]; isUploadUseless: boolean; version: number }

/**
 * Removes the parts of a task from the database, so that no retry finds them any more; their objects, and all others but those of its
 * outputs, may be removed then. Undefined: the task may still need them, and nothing is removed.
 */
export const forgetLeftovers = (db: Kysely<Database>, taskId: string): Promise<Leftovers | undefined> =>
  db.transaction().execute(async (trx) => {
    const over = await trx
      .selectFrom('tasks')
      .select(['status', 'version', 'previews'])
      .where('id', '=', taskId)
      .where(isOver)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (over === undefined) return undefined
    await trx.deleteFrom('parts').where('taskId', '=', taskId).execute()
    const outputs = await trx.selectFrom('outputs').select('objectName').where('taskId', '=', taskId).execute()
    return {
      keptObjects: [...outputs, ...picturesIn(over.previews)].map(({ objectName }) => objectName),
      isUploadUseless: over.status === 'expired',
      version: over.version,
    }
  })

/** Notes that nothing is left of a task but its outputs; unless it has changed since its leftovers were forgotten. */
export const noteSwept = async (db: Kysely<Database>, taskId: string, { version }: Leftovers): Promise<void> => {
  await db
    .updateTable('tasks')
    .set({ unswept: false, planKey: null })
    .where('id', '=', taskId)
    .where('version', '=', version)
    .execute()
}
