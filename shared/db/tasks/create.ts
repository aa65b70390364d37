import type { Insertable, Kysely, Transaction } from 'kysely'
import type { Database } from '../schema.ts'
import type { TaskRow } from './task-row.ts'

export type NewTask = Pick<
  Insertable<Database['tasks']>,
  'userId' | 'lane' | 'preset' | 'options' | 'fileName' | 'contentType' | 'sizeBytes' | 'uploadType' | 'announcedCrc32c'
>

/** `bodyHash` tells a repetition of a request from another request under the same key. */
export type IdempotencyKey = { key: string; bodyHash: Buffer }

export type Created =
  | { kind: 'created'; task: TaskRow }
  /** the key was used for the same request before: this is its task */
  | { kind: 'repeated'; task: TaskRow }
  | { kind: 'key-reused' }

/**
 * Makes a task that waits for its upload. With an idempotency key, the key and the task are committed together: of two
 * requests at the same time one makes the task, and the other waits for it and gets the same one.
 */
export const createTask = async (
  db: Kysely<Database>,
  newTask: NewTask,
  idempotencyKey: IdempotencyKey | undefined,
): Promise<Created> => {
  if (idempotencyKey === undefined) return { kind: 'created', task: await insertTask(db, newTask) }
  for (;;) {
    const created = await db.transaction().execute((trx) => createOnce(trx, newTask, idempotencyKey))
    // Undefined: the key was taken a moment ago and is gone, because its task was deleted.
    if (created !== undefined) return created
  }
}

const createOnce = async (
  trx: Transaction<Database>,
  newTask: NewTask,
  idempotencyKey: IdempotencyKey,
): Promise<Created | undefined> => {
  const task = await insertTask(trx, newTask)
  const inserted = await trx
    .insertInto('idempotencyKeys')
    .values({ userId: newTask.userId, taskId: task.id, ...idempotencyKey })
    .onConflict((conflict) => conflict.columns(['userId', 'key']).doNothing())
    .returning('taskId')
    .executeTakeFirst()
  if (inserted !== undefined) return { kind: 'created', task }
  await trx.deleteFrom('tasks').where('id', '=', task.id).execute()
  return findByKey(trx, newTask.userId, idempotencyKey)
}

const insertTask = (db: Kysely<Database>, newTask: NewTask): Promise<TaskRow> =>
  db.insertInto('tasks').values(newTask).returningAll().executeTakeFirstOrThrow()

const findByKey = async (
  trx: Transaction<Database>,
  userId: string,
  { key, bodyHash }: IdempotencyKey,
): Promise<Created | undefined> => {
  const found = await trx
    .selectFrom('idempotencyKeys')
    .innerJoin('tasks', 'tasks.id', 'idempotencyKeys.taskId')
    .selectAll('tasks')
    .select('idempotencyKeys.bodyHash')
    .where('idempotencyKeys.userId', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (found === undefined) return undefined
  const { bodyHash: earlierHash, ...task } = found
  return earlierHash.equals(bodyHash) ? { kind: 'repeated', task } : { kind: 'key-reused' }
}
