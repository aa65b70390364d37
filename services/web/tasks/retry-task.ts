import { retryTask as retry } from '@reelway/shared/db/tasks/retry.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { currentTraceparent } from '@reelway/shared/http/request-context.ts'
import { dispatch } from '@reelway/shared/message/dispatch.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { findTask, taskIdOf } from './find-task.ts'
import { toTaskResource } from './task-resource.ts'

/** POST /api/tasks/:taskId/retry: converts a failed or cancelled task again, with the upload that is there; 409 otherwise. */
export const retryTask =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    const retried = await retry(deps.db, userId, taskId, currentTraceparent())
    if (retried !== undefined) await dispatch(deps, deps.config.DISPATCH_WINDOW)
    const { task, outputs } = await findTask(deps, userId, taskId)
    if (retried === undefined)
      throw reelwayError('task_state_conflict', { status: task.status, advice: adviceFor(task) })
    deps.logger.info('task retried', { taskId, userId, jobId: retried.jobId })
    response.json(await toTaskResource(task, outputs, sign))
  }

const adviceFor = (task: TaskRow): string =>
  task.status === 'cancelled' || task.status === 'failed'
    ? 'Its upload never arrived: create a new task.'
    : 'Only a failed or cancelled task can be retried.'
