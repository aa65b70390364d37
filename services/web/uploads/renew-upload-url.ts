import { noteUploadSigned } from '@reelway/shared/db/tasks/note-upload-signed.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import type { UserHandler } from '../accounts/authenticated.ts'
import type { Dependencies } from '../dependencies.ts'
import { findTask, taskIdOf } from '../tasks/find-task.ts'
import { signUpload } from './sign-upload.ts'

/** POST /api/tasks/:taskId/upload-url: a new upload URL for a task that still waits for its file; 409 otherwise. */
export const renewUploadUrl =
  (deps: Dependencies): UserHandler =>
  async (request, response, userId) => {
    const taskId = taskIdOf(request)
    const waiting = await noteUploadSigned(deps.db, userId, taskId)
    const { task } = await findTask(deps, userId, taskId)
    if (!waiting) {
      throw reelwayError('task_state_conflict', {
        status: task.status,
        advice: 'Only a task that waits for its upload has an upload URL.',
      })
    }
    response.json(await signUpload(deps.signing.uploads, sourceObjectName(task.id), task))
  }
