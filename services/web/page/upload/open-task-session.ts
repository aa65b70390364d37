import type { TaskStatus } from '@reelway/shared/task-status.ts'
import type { UploadInstructions } from '@reelway/web/uploads/upload-schema.ts'
import type { Outcome } from './advance-transfer.ts'
import { openSession } from './open-session.ts'
import type { ApiAnswer, UploadApi } from './upload-api.ts'
import type { UploadRecord } from './upload-record.ts'

/** What a task is that has its upload, whoever said so. */
const ARRIVED: readonly TaskStatus[] = ['queued', 'processing', 'completed']

/**
 * Opens a session for an upload, whose task is made first if there is none. Returns the task's id, which must be kept, with what came of it.
 * stored: the task has its upload already. Throws AbortError when `signal` says so.
 */
export const openTaskSession = async (
  api: UploadApi,
  record: UploadRecord,
  signal: AbortSignal,
): Promise<{ taskId: string | null; outcome: Outcome }> => {
  if (record.taskId !== null) return { taskId: record.taskId, outcome: await renew(api, record.taskId, signal) }
  const made = await api.createTask(record, signal)
  if (made.kind !== 'ok') return { taskId: null, outcome: outcomeOf(made) }
  const { taskId, upload } = made.value
  // A repeated request is answered with what the task has become.
  return { taskId, outcome: upload === null ? await renew(api, taskId, signal) : await openSession(upload, signal) }
}

const renew = async (api: UploadApi, taskId: string, signal: AbortSignal): Promise<Outcome> => {
  const upload: ApiAnswer<UploadInstructions> = await api.renewUpload(taskId, signal)
  if (upload.kind === 'ok') return await openSession(upload.value, signal)
  if (upload.kind === 'unavailable' || upload.code !== 'task_state_conflict') return outcomeOf(upload)
  const task = await api.getTask(taskId, signal)
  if (task.kind !== 'ok') return outcomeOf(task)
  return ARRIVED.includes(task.value.status) ? { kind: 'stored' } : outcomeOf(upload)
}

const outcomeOf = (answer: Exclude<ApiAnswer<unknown>, { kind: 'ok' }>): Outcome =>
  answer.kind === 'unavailable' ? { kind: 'trouble', random: Math.random() } : { kind: 'refused', failure: answer }
