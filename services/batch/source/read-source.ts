import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { sourceObjectOf } from '@reelway/shared/storage/object-names.ts'
import { isNotFound } from '@reelway/shared/storage/storage-errors.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type Source, serveSource } from './source.ts'

/** Serves the upload that a task converts, in the generation that was accepted, to ffmpeg and ffprobe on loopback. */
export const readSource = ({ reading }: Dependencies, task: TaskRow): Promise<Source> => {
  if (task.sourceGeneration === null) throw new Error('a job was made for a task without an upload')
  const file = reading.uploads.file(sourceObjectOf(task), { generation: task.sourceGeneration })
  return serveSource(file, task.sizeBytes)
}

/**
 * What a read that failed for good means for the task; undefined when all went well. It explains whatever ffmpeg made of it, and
 * so is asked first: ffmpeg takes a broken source for its end.
 */
export const sourceFault = ({ record: { failure } }: Source): Refused | Failed | undefined => {
  if (failure === undefined) return undefined
  if (isNotFound(failure)) return { kind: 'refused', code: 'source_missing', parameters: {} }
  return { kind: 'failed', code: 'source_unreachable', detail: failure instanceof Error ? failure.message : '' }
}
