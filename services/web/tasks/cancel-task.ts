import { cancelTask as cancel } from '@reelway/shared/db/tasks/cancel.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { findTask, taskIdOf } from './find-task.ts'
import { toTaskResource } from './task-resource.ts'

/** POST /api/tasks/:taskId/cancel: stops a task that has not settled; 409 otherwise. */
export const cancelTask =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    const cancelled = await cancel(deps.db, userId, taskId)
    const { task, outputs } = await findTask(deps, userId, taskId)
    if (!cancelled) {
      throw reelwayError('task_state_conflict', {
        status: task.status,
        advice: 'Only a task that waits for its upload, is queued or is processing can be cancelled.',
      })
    }
    deps.logger.info('task cancelled', { taskId, userId })
    response.json(await toTaskResource(task, outputs, sign))
  }
