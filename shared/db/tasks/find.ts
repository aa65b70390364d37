import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import type { OutputRow, TaskRow } from './task-row.ts'

/** A user's task with its outputs; undefined when there is none, when it was deleted, or when it is somebody else's. */
export const findTaskOfUser = async (
  db: Kysely<Database>,
  userId: string,
  taskId: string,
): Promise<{ task: TaskRow; outputs: OutputRow[] } | undefined> => {
  const task = await db
    .selectFrom('tasks')
    .selectAll()
    .where('id', '=', taskId)
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return task && { task, outputs: await findOutputs(db, [task.id]) }
}

/** A task whoever owns it, also a deleted one: for messages, which carry no user. */
export const findTask = (db: Kysely<Database>, taskId: string): Promise<TaskRow | undefined> =>
  db.selectFrom('tasks').selectAll().where('id', '=', taskId).executeTakeFirst()

/** The version of a user's task, which rises with every change of its row; undefined when there is no such task. */
export const findTaskVersion = async (
  db: Kysely<Database>,
  userId: string,
  taskId: string,
): Promise<number | undefined> => {
  const task = await db
    .selectFrom('tasks')
    .select('version')
    .where('id', '=', taskId)
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .executeTakeFirst()
  return task?.version
}

/** The outputs of some tasks, in the order of their names. */
export const findOutputs = async (db: Kysely<Database>, taskIds: string[]): Promise<OutputRow[]> =>
  taskIds.length === 0
    ? []
    : await db.selectFrom('outputs').selectAll().where('taskId', 'in', taskIds).orderBy('name').execute()
