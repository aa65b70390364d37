import { ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { acceptUpload } from '@reelway/shared/uploads/accept-upload.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { shownError } from '../results/shown-error.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { findTask, taskIdOf } from '../tasks/find-task.ts'
import { toTaskResource } from '../tasks/task-resource.ts'

/** POST /api/tasks/:taskId/uploaded: the client says that its file is there. Repeating it changes nothing. */
export const uploadArrived =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    const { task: before } = await findTask(deps, userId, taskId)
    const accepted = await acceptUpload(deps, before)
    if (accepted.kind === 'rejected') throw accepted.error
    if (accepted.kind === 'queued') deps.logger.info('task queued', { taskId, userId, jobId: accepted.jobId })
    const { task, outputs } = await findTask(deps, userId, taskId)
    if (accepted.kind === 'missing' && task.status === 'awaiting_upload') {
      // The bucket's notification came first, and the upload was removed because it is not what was announced.
      if (task.errorCode !== null)
        throw new ReelwayError(shownError(task.errorCode, null).code, task.errorParameters ?? {})
      throw reelwayError('upload_missing')
    }
    if (accepted.kind === 'missing' || accepted.kind === 'unwanted') {
      throw reelwayError('task_state_conflict', { status: task.status, advice: 'Create a new task to upload a file.' })
    }
    response.json(await toTaskResource(task, outputs, sign))
  }
