import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import type { ObjectFacts } from '@reelway/shared/storage/object-facts.ts'
import type { Dependencies } from './dependencies.ts'
import type { HeldLease } from './lease.ts'
import { sweepTask } from './sweep-task.ts'

/** A verified result in the outputs bucket. */
type Result = {
  preset: Preset
  objectName: string
  stored: ObjectFacts
  /** null: there is no picture */
  width: number | null
  height: number | null
  /** null: a still picture */
  durationSeconds: number | null
  /** the length of the source, as far as it was used */
  sourceSeconds: number
  /** its packets are those of the source; where in the source they begin, when that is not where it was asked to */
  copied?: { startsAtSeconds: number | null }
  /** how long the encoders worked, all together */
  encodeSeconds: number
  /** how many parts it was joined from */
  parts?: number
}

/**
 * Completes a task with its result, and removes what is not needed any more: parts, and what earlier attempts left. superseded:
 * the lease was lost meanwhile, and the result is removed again.
 */
export const completeWithResult = async (
  { db, outputs, binaries, logger }: Dependencies,
  { lease }: HeldLease,
  {
    preset,
    objectName,
    stored,
    width,
    height,
    durationSeconds,
    sourceSeconds,
    encodeSeconds,
    parts = 1,
    copied,
  }: Result,
): Promise<{ kind: 'completed' } | { kind: 'superseded' }> => {
  const completed = await completeTask(db, lease, {
    name: outputName(preset),
    objectName,
    generation: stored.generation,
    contentType: preset.container.contentType,
    sizeBytes: stored.sizeBytes,
    crc32c: stored.crc32c,
    width,
    height,
    durationSeconds,
    copied: copied !== undefined,
    startsAtSeconds: copied?.startsAtSeconds ?? null,
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
    // Not of a copy: it would tell operators that encodes became fast.
    ...(durationSeconds !== null &&
      copied === undefined && { encodeSecondsPerSecond: encodeSeconds / durationSeconds }),
    sizeBytes: stored.sizeBytes,
    parts,
    copied: copied !== undefined,
  })
  // If this fails, the reaper does it.
  await sweepTask({ db, outputs }, lease.taskId).catch((err: unknown) => {
    logger.warn('what a result was made of is not removed yet', { taskId: lease.taskId, err })
  })
  return { kind: 'completed' }
}

const outputName = ({ container, still, video }: Preset): string => {
  if (video === null) return 'sound'
  if (still !== null) return 'picture'
  return container.contentType.startsWith('image/') ? 'animation' : 'video'
}
