import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { deleteObjectsOfTask } from '@reelway/shared/uploads/delete-objects-of-task.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { taskIdOf } from './find-task.ts'

/**
 * DELETE /api/tasks/:taskId: the task is gone at once, in whatever state; work on it stops. Its objects are deleted now as far
 * as the storage answers, but an upload that other tasks convert, too; the reaper deletes what is left, also what a holder may store in the meantime.
 */
export const deleteTask =
  ({ db, uploads, outputs, logger }: Dependencies): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    if (!(await removeTask(db, userId, taskId))) throw reelwayError('task_not_found')
    logger.info('task deleted', { taskId, userId })
    try {
      await deleteObjectsOfTask({ db, uploads, outputs }, taskId)
    } catch (err) {
      logger.warn('objects of a deleted task not removed yet: the reaper will do it', { taskId, err })
    }
    response.status(204).end()
  }
