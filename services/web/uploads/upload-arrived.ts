import { refuseQueuedTask } from '@reelway/shared/db/tasks/refuse-queued.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { parseInput } from '@reelway/shared/errors/invalid-input.ts'
import { ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { acceptUpload } from '@reelway/shared/uploads/accept-upload.ts'
import { z } from 'zod'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { shownError } from '../results/shown-error.ts'
import type { Download, SignedDownload } from '../results/sign-download.ts'
import { findTask, taskIdOf } from '../tasks/find-task.ts'
import { toTaskResource } from '../tasks/task-resource.ts'
import { uploadFields } from './upload-fields.ts'

/** The body of POST /api/tasks/:taskId/uploaded, which may be left out. */
export const arrival = z.strictObject({ crc32c: uploadFields.crc32c }).meta({ id: 'Arrival' })

/**
 * POST /api/tasks/:taskId/uploaded: the client says that its file is there, and may say what its checksum is, which then counts for the
 * announced one. Repeating it changes nothing.
 */
export const uploadArrived =
  (deps: Dependencies, sign: (download: Download) => Promise<SignedDownload>): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    // Earlier clients send nothing, or what is no JSON, and are understood.
    const { crc32c } = parseInput(arrival, request.body ?? {})
    const { task: before } = await findTask(deps, userId, taskId)
    const accepted = await acceptUpload(deps, { ...before, announcedCrc32c: crc32c ?? before.announcedCrc32c })
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
    if (crc32c !== undefined) await refuseDamaged(deps, task, crc32c)
    response.json(await toTaskResource(task, outputs, sign))
  }

/** The bucket's notification was first, which knew of no checksum: a task that was queued with a damaged file is failed. */
const refuseDamaged = async ({ db, logger }: Dependencies, task: TaskRow, crc32c: string): Promise<void> => {
  if (task.sourceCrc32c === null || task.sourceCrc32c === crc32c) return
  const error = reelwayError('queued_upload_damaged', { announced: crc32c, uploaded: task.sourceCrc32c })
  const refused = await refuseQueuedTask(db, task.id, { code: error.code, parameters: error.parameters })
  if (refused) logger.info('task failed', { taskId: task.id, code: error.code, blame: 'video' })
  throw error
}
