import { findTaskOfUser } from '@reelway/shared/db/tasks/find.ts'
import type { OutputRow, TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'

/** The task id in a request's path. Throws task_not_found for what is no id. */
export const taskIdOf = (request: Request): string => {
  const parsed = z.uuid().safeParse(request.params.taskId)
  if (!parsed.success) throw reelwayError('task_not_found')
  return parsed.data
}

/** The user's task with its outputs. Throws task_not_found, also for somebody else's. */
export const findTask = async (
  { db }: Pick<Dependencies, 'db'>,
  userId: string,
  taskId: string,
): Promise<{ task: TaskRow; outputs: OutputRow[] }> => {
  const found = await findTaskOfUser(db, userId, taskId)
  if (found === undefined) throw reelwayError('task_not_found')
  return found
}
