import { giveUpTask } from '@reelway/shared/db/tasks/give-up.ts'
import type { Outcome } from '../ack-policy.ts'
import type { Dependencies } from '../dependencies.ts'
import { logTaskFailed } from '../log-task-failed.ts'

/** Fails the task of a job that has no attempts left, so that its owner sees why and can retry. */
export const giveUp = async ({ db, logger }: Dependencies, jobId: string): Promise<Outcome> => {
  const gaveUp = await giveUpTask(db, jobId)
  if (gaveUp.kind === 'given-up') logTaskFailed(logger, { jobId, taskId: gaveUp.taskId, code: gaveUp.code })
  return gaveUp
}
