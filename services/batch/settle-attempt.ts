import { releaseJob } from '@reelway/shared/db/jobs/release.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { ReelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Outcome } from './ack-policy.ts'
import type { Dependencies } from './dependencies.ts'
import { type HeldLease, LeaseLost, ShuttingDown } from './lease.ts'
import { logTaskFailed } from './log-task-failed.ts'
import type { Failed, Refused } from './refusal.ts'

/** How the work of an attempt ended. All but a refusal and a failure have been recorded already. */
export type AttemptResult =
  | { kind: 'completed' }
  | { kind: 'split'; parts: number }
  | { kind: 'part-done' }
  | { kind: 'handed-over' }
  | { kind: 'replanned' }
  | { kind: 'superseded' }
  | Refused
  | Failed

/** Records how an attempt ended: a refusal fails the task, a failure gives the job back for another attempt. */
export const settleAttempt = async (deps: Dependencies, held: HeldLease, result: AttemptResult): Promise<Outcome> => {
  const { taskId } = held.lease
  switch (result.kind) {
    case 'completed':
    case 'split':
    case 'part-done':
    case 'handed-over':
    case 'replanned':
      return { ...result, taskId }
    case 'superseded':
      return result
    case 'refused': {
      const { code, parameters } = result
      const failed = await failTask(deps.db, held.lease, { code, parameters })
      if (!failed) return { kind: 'superseded' }
      logTaskFailed(deps.logger, { jobId: held.lease.jobId, taskId, code })
      return { kind: 'refused', taskId, code }
    }
    case 'failed':
      deps.logger.warn('attempt failed', { ...held.lease, code: result.code, detail: result.detail })
      await releaseJob(deps.db, held.lease, result.code)
      return { kind: 'try-again', code: result.code }
    default:
      return result satisfies never
  }
}

/**
 * Records an attempt that ended by an exception: the reason of the lease's signal, an error of the catalogue, or something
 * unexpected, which is tried again.
 */
export const settleException = async (deps: Dependencies, held: HeldLease, error: unknown): Promise<Outcome> => {
  const { db, logger } = deps
  const reason = held.signal.aborted ? held.signal.reason : error
  if (reason instanceof LeaseLost) {
    logger.info('work stopped', { ...held.lease, reason: reason.message })
    return { kind: 'superseded' }
  }
  if (reason instanceof ShuttingDown) {
    await releaseJob(db, held.lease, undefined)
    return { kind: 'shutting-down' }
  }
  const code: ErrorCode = reason instanceof ReelwayError ? reason.code : 'attempts_exhausted'
  if (reason instanceof ReelwayError && errorCatalogue[code].kind === 'permanent') {
    return settleAttempt(deps, held, { kind: 'refused', code, parameters: reason.parameters })
  }
  logger.error('attempt failed', { ...held.lease, code, err: reason })
  await releaseJob(db, held.lease, code)
  return { kind: 'try-again', code }
}
