import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { deleteObject, deleteOtherOutputs } from '@reelway/shared/storage/delete-objects.ts'
import { outputObjectName } from '@reelway/shared/storage/object-names.ts'
import type { Dependencies } from './dependencies.ts'
import type { HeldLease } from './lease.ts'
import { storeResult } from './store.ts'

/** What went into a result: the length of the whole source, and how long ffmpeg and the proof of the result took. */
export type Effort = { sourceSeconds: number; encodeSeconds: number }

/** A verified result on disk. */
type Result = Effort & {
  preset: Preset
  path: string
  sizeBytes: number
  width: number
  height: number
  durationSeconds: number
}

/**
 * Stores a result and completes the task with it. superseded: the lease was lost meanwhile, and what was stored is removed
 * again. Throws what storeResult throws.
 */
export const completeWithResult = async (
  { db, outputs, binaries, logger }: Dependencies,
  { lease, signal }: HeldLease,
  { preset, path, sizeBytes, width, height, durationSeconds, sourceSeconds, encodeSeconds }: Result,
): Promise<{ kind: 'completed' } | { kind: 'superseded' }> => {
  const { extension, contentType } = preset.container
  const objectName = outputObjectName(lease.taskId, lease.token, `${preset.name}.${extension}`)
  const stored = await storeResult(outputs, { path, sizeBytes, objectName, contentType }, signal)
  const completed = await completeTask(db, lease, {
    name: 'video',
    objectName,
    generation: stored.generation,
    contentType,
    sizeBytes: stored.sizeBytes,
    crc32c: stored.crc32c,
    width,
    height,
    durationSeconds,
    encoder: binaries.version,
  })
  if (!completed) {
    await deleteObject(outputs, objectName, stored.generation)
    return { kind: 'superseded' }
  }
  logger.info('task completed', {
    jobId: lease.jobId,
    taskId: lease.taskId,
    attempt: lease.attempts,
    preset: preset.name,
    sourceSeconds,
    outputSeconds: durationSeconds,
    encodeSeconds,
    encodeSecondsPerSecond: encodeSeconds / durationSeconds,
    sizeBytes: stored.sizeBytes,
  })
  // An earlier attempt may have died after it stored its result. If this fails, it is removed with the task.
  if (lease.attempts > 1) {
    await deleteOtherOutputs(outputs, lease.taskId, objectName).catch((err: unknown) => {
      logger.warn('results of earlier attempts not removed', { taskId: lease.taskId, err })
    })
  }
  return { kind: 'completed' }
}
