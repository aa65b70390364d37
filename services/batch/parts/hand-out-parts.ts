import type { NewPart } from '@reelway/shared/db/parts/part.ts'
import { splitTask } from '@reelway/shared/db/tasks/split.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { Dependencies } from '../dependencies.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { HeldLease } from '../lease.ts'
import type { AttemptResult } from '../settle-attempt.ts'
import { planKey } from './plan-key.ts'

/** Turns a task into jobs for its parts, as many as are not done yet. This attempt is over then: any instance may take any of them. */
export const handOutParts = async (
  { db, binaries, logger }: Dependencies,
  { lease }: HeldLease,
  { task, plan, parts }: { task: TaskRow; plan: EncodePlan; parts: readonly NewPart[] },
): Promise<Extract<AttemptResult, { kind: 'split' | 'superseded' }>> => {
  if (task.sourceGeneration === null) throw new Error('a task without an upload was planned')
  const key = planKey(task.sourceGeneration, plan, binaries.version)
  // As it is cut now: a whole that was handed over had been planned in one part.
  const cut: EncodePlan = { ...plan, parts: parts.map(({ done: _, ...part }) => part) }
  const split = await splitTask(db, lease, { planKey: key, plan: cut, parts })
  if (split.kind === 'superseded') return split
  logger.info('task split', {
    jobId: lease.jobId,
    taskId: task.id,
    parts: parts.length,
    pending: split.pending,
    estimateSeconds: plan.estimateSeconds,
  })
  return { kind: 'split', parts: parts.length }
}
