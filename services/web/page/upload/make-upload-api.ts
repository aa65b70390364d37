import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { UploadInstructions } from '@reelway/web/uploads/upload-schema.ts'
import { answerCall } from './answer-call.ts'
import type { UploadApi } from './upload-api.ts'

/** What uploads ask of our API, with the cookie of the session. While that has ended, calls wait until the person has logged in again. */
export const makeUploadApi = (): UploadApi => ({
  createTask: async ({ fileName, contentType, sizeBytes, choice, idempotencyKey }, signal) => {
    const created = await answerCall<{ task: TaskResource; upload: UploadInstructions | null }>({
      method: 'POST',
      path: '/api/tasks',
      headers: { 'idempotency-key': idempotencyKey },
      body: { fileName, contentType, sizeBytes, preset: choice.preset, options: choice.options },
      signal,
    })
    if (created.kind !== 'ok') return created
    return { kind: 'ok', value: { taskId: created.value.task.id, upload: created.value.upload } }
  },
  renewUpload: (taskId, signal) => answerCall({ method: 'POST', path: `/api/tasks/${taskId}/upload-url`, signal }),
  changeTask: (taskId, change, signal) =>
    answerCall({ method: 'PATCH', path: `/api/tasks/${taskId}`, body: change, signal }),
  uploaded: (taskId, crc32c, signal) =>
    answerCall({ method: 'POST', path: `/api/tasks/${taskId}/uploaded`, body: { crc32c }, signal }),
  getTask: (taskId, signal) => answerCall({ path: `/api/tasks/${taskId}`, signal }),
  deleteTask: (taskId) => answerCall({ method: 'DELETE', path: `/api/tasks/${taskId}`, keepalive: true }),
})
