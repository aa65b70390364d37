import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { UploadInstructions } from '@reelway/web/uploads/upload-schema.ts'
import type { Choice, UploadRecord } from './upload-record.ts'

/** What came of a call to our API. */
export type ApiAnswer<Value> =
  | { kind: 'ok'; value: Value }
  /** a problem that trying again does not change */
  | { kind: 'refused'; code: string; detail: string }
  /** no answer, or one that passes: 408, 429, 5xx */
  | { kind: 'unavailable' }

/** What uploads ask of our API. `signal` ends a call with AbortError. */
export type UploadApi = {
  /** once for each idempotency key */
  createTask(
    record: UploadRecord,
    signal: AbortSignal,
  ): Promise<ApiAnswer<{ taskId: string; upload: UploadInstructions | null }>>
  renewUpload(taskId: string, signal: AbortSignal): Promise<ApiAnswer<UploadInstructions>>
  changeTask(taskId: string, change: Choice & { crc32c: string }, signal: AbortSignal): Promise<ApiAnswer<TaskResource>>
  uploaded(taskId: string, crc32c: string, signal: AbortSignal): Promise<ApiAnswer<TaskResource>>
  getTask(taskId: string, signal: AbortSignal): Promise<ApiAnswer<TaskResource>>
  deleteTask(taskId: string): Promise<ApiAnswer<undefined>>
}
