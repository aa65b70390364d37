import { replanTask } from '@reelway/shared/db/tasks/replan.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import type { Dependencies } from '../dependencies.ts'
import { type EncodePlan, encodePlan } from '../ffmpeg/encode-plan.ts'
import type { HeldLease } from '../lease.ts'

/**
 * The plan that the parts of a task are made by. One that another release made, which decides other things, is given up: the task is
 * planned anew, and this attempt is over.
 */
export const readPlan = async (
  { db, logger }: Dependencies,
  { lease }: HeldLease,
  task: TaskRow,
): Promise<{ kind: 'plan'; plan: EncodePlan } | { kind: 'replanned' } | { kind: 'superseded' }> => {
  const parsed = encodePlan.safeParse(task.plan)
  if (parsed.success) return { kind: 'plan', plan: parsed.data }
  logger.warn('plan of another release given up', { jobId: lease.jobId, taskId: task.id, err: parsed.error })
  return { kind: (await replanTask(db, lease)) ? 'replanned' : 'superseded' }
}
