import { effect } from '@preact/signals'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { UploadInstructions } from '@reelway/web/uploads/upload-schema.ts'
import { ApiError } from '../api/api-error.ts'
import { type ApiCall, callApi } from '../api/call-api.ts'
import { session } from '../session/session.ts'
import type { ApiAnswer, UploadApi } from './upload-api.ts'

/** What uploads ask of our API, with the cookie of the session. While that has ended, calls wait until the person has logged in again. */
export const makeUploadApi = (): UploadApi => ({
  createTask: async ({ fileName, contentType, sizeBytes, choice, idempotencyKey }, signal) => {
    const created = await answerOf<{ task: TaskResource; upload: UploadInstructions | null }>({
      method: 'POST',
      path: '/api/tasks',
      headers: { 'idempotency-key': idempotencyKey },
      body: { fileName, contentType, sizeBytes, preset: choice.preset, options: choice.options },
      signal,
    })
    if (created.kind !== 'ok') return created
    return { kind: 'ok', value: { taskId: created.value.task.id, upload: created.value.upload } }
  },
  renewUpload: (taskId, signal) => answerOf({ method: 'POST', path: `/api/tasks/${taskId}/upload-url`, signal }),
  changeTask: (taskId, change, signal) =>
    answerOf({ method: 'PATCH', path: `/api/tasks/${taskId}`, body: change, signal }),
  uploaded: (taskId, crc32c, signal) =>
    answerOf({ method: 'POST', path: `/api/tasks/${taskId}/uploaded`, body: { crc32c }, signal }),
  getTask: (taskId, signal) => answerOf({ path: `/api/tasks/${taskId}`, signal }),
  deleteTask: (taskId) => answerOf({ method: 'DELETE', path: `/api/tasks/${taskId}`, keepalive: true }),
})

const answerOf = async <Value>(call: ApiCall): Promise<ApiAnswer<Value>> => {
  for (;;) {
    try {
      return { kind: 'ok', value: await callApi<Value>(call) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'offline' || error.code === 'unreadable') return { kind: 'unavailable' }
      const { status } = errorCatalogue[error.code]
      if (status === 429 || status >= 500) return { kind: 'unavailable' }
      if (status !== 401) return { kind: 'refused', code: error.code, detail: error.message }
      await untilLoggedIn(call.signal)
    }
  }
}

const untilLoggedIn = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const stop = effect(() => {
      if (session.value.kind === 'user') queueMicrotask(end)
    })
    const end = () => {
      stop()
      resolve()
    }
    signal?.addEventListener('abort', () => {
      stop()
      reject(signal.reason)
    })
  })
