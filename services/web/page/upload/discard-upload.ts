import { callPatiently } from './call-patiently.ts'
import type { UploadApi } from './upload-api.ts'
import type { UploadRecord } from './upload-record.ts'

/**
 * Ends the session of an upload that is not wanted any more, and deletes its task. `wasBegun`: a task may have been made whose id is not known,
 * because its answer never came; asking for it again tells. What fails is left: a task that waits for its upload expires by itself.
 */
export const discardUpload = async (api: UploadApi, record: UploadRecord, wasBegun: boolean): Promise<void> => {
  const { sessionUri } = record
  const { signal } = new AbortController()
  // Both at once: they outlive the page when it is left now. 499 is the answer to a session that was cancelled; none does no harm.
  const ended = sessionUri === null ? null : fetch(sessionUri, { method: 'DELETE', keepalive: true }).catch(() => null)
  const taskId = record.taskId ?? (wasBegun ? await taskIdOf(api, record, signal) : null)
  if (taskId !== null) await callPatiently(() => api.deleteTask(taskId), signal)
  await ended
}

const taskIdOf = async (api: UploadApi, record: UploadRecord, signal: AbortSignal): Promise<string | null> => {
  const answer = await callPatiently(() => api.createTask(record, signal), signal)
  return answer.kind === 'ok' ? answer.value.taskId : null
}
