import type { Kysely } from 'kysely'
import type { TaskStatus } from '../../task-status.ts'
import { isAfter, type ListPosition } from '../list-position.ts'
import type { Database } from '../schema.ts'
import type { TaskRow } from './task-row.ts'

export type TaskQuery = {
  limit: number
  order: 'newest' | 'oldest'
  status?: TaskStatus | undefined
  /** only tasks that convert again what this one brought */
  sourceTaskId?: string | undefined
  after: ListPosition | undefined
}

/** A page of a user's tasks. One row more than `limit` comes back when there is a next page. */
export const listTasks = (db: Kysely<Database>, userId: string, query: TaskQuery): Promise<TaskRow[]> => {
  const direction = query.order === 'newest' ? 'desc' : 'asc'
  let select = db
    .selectFrom('tasks')
    .selectAll()
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .orderBy('createdAt', direction)
    .orderBy('id', direction)
    .limit(query.limit + 1)
  if (query.status !== undefined) select = select.where('status', '=', query.status)
  if (query.sourceTaskId !== undefined) select = select.where('sourceTaskId', '=', query.sourceTaskId)
  if (query.after !== undefined) select = select.where(isAfter(query.order, query.after))
  return select.execute()
}
