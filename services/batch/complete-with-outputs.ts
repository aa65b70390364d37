import { completeTask, type Result } from '@reelway/shared/db/tasks/complete.ts'
import { picturesIn } from '@reelway/shared/previews.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import type { Dependencies } from './dependencies.ts'
import type { HeldLease } from './lease.ts'
import { sweepTask } from './sweep-task.ts'

/** What is told of a finished conversion. */
export type Effort = {
  presetName: string
  /** of the result; null: a still picture */
  outputSeconds: number | null
  /** the length of the source, as far as it was used */
  sourceSeconds: number
  /** how long the encoders worked, all together */
  encodeSeconds: number
  /** how many parts it was joined from */
  parts: number
  /** nothing was encoded anew */
  copied: boolean
}

/**
 * Completes a task with its result, all verified and stored, and removes what is not needed any more: parts, and what earlier attempts
 * left. superseded: the lease was lost meanwhile, and the outputs are removed again.
 */
export const completeWithOutputs = async (
  { db, uploads, outputs: bucket, logger }: Dependencies,
  { lease }: HeldLease,
  { outputs, previews }: Result,
  { presetName, outputSeconds, sourceSeconds, encodeSeconds, parts, copied }: Effort,
): Promise<{ kind: 'completed' } | { kind: 'superseded' }> => {
  const completed = await completeTask(db, lease, { outputs, previews })
  if (!completed) {
    for (const { objectName, generation } of [...outputs, ...picturesIn(previews)])
      await deleteObject(bucket, objectName, generation)
    return { kind: 'superseded' }
  }
  logger.info('task completed', {
    jobId: lease.jobId,
    taskId: lease.taskId,
    attempt: lease.attempts,
    preset: presetName,
    sourceSeconds,
    outputSeconds,
    encodeSeconds,
    // Not of a copy: it would tell operators that encodes became fast.
    ...(outputSeconds !== null && !copied && { encodeSecondsPerSecond: encodeSeconds / outputSeconds }),
    sizeBytes: outputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    parts,
    copied,
  })
  // If this fails, the reaper does it.
  await sweepTask({ db, uploads, outputs: bucket }, lease.taskId).catch((err: unknown) => {
    logger.warn('what a result was made of is not removed yet', { taskId: lease.taskId, err })
  })
  return { kind: 'completed' }
}
