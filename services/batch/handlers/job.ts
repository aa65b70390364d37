import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import type { Work } from '@reelway/shared/db/jobs/work.ts'
import { jobMessage } from '@reelway/shared/message/body.ts'
import { dispatch } from '@reelway/shared/message/dispatch.ts'
import { type PushEnvelope, readMessage } from '@reelway/shared/message/envelope.ts'
import type { Outcome } from '../ack-policy.ts'
import { convertSource } from '../convert/convert-source.ts'
import type { Dependencies } from '../dependencies.ts'
import { type HeldLease, holdLease } from '../lease.ts'
import { logAttempt } from '../log-attempt.ts'
import { assembleParts } from '../parts/assemble-parts.ts'
import { makePart } from '../parts/make-part.ts'
import { type AttemptResult, settleAttempt, settleException } from '../settle-attempt.ts'
import { giveUp } from './give-up.ts'

/** One delivery of a job, from the claim of its lease to the settled attempt, and the turn of those that waited for it. */
export const job = async (deps: Dependencies, envelope: PushEnvelope): Promise<Outcome> => {
  const message = readMessage(jobMessage, envelope)
  if (message === undefined) return { kind: 'malformed', reason: 'the message names no job' }
  const outcome = await attempt(deps, message.jobId)
  // A delivery that ends makes room for others, and may have made new jobs.
  await dispatch(deps, deps.config.DISPATCH_WINDOW)
  return outcome
}

const attempt = async (deps: Dependencies, jobId: string): Promise<Outcome> => {
  const claim = await claimJob(deps.db, jobId)
  if (claim.kind === 'attempts-exhausted') return giveUp(deps, jobId)
  if (claim.kind !== 'claimed') return claim

  await using held = holdLease(deps.db, claim.lease, deps.stopping, deps.logger)
  return await logAttempt(deps.logger, held, claim.work, async () => {
    try {
      return await settleAttempt(deps, held, await resultOf(deps, held, claim.work))
    } catch (error) {
      return await settleException(deps, held, error)
    }
  })
}

const resultOf = (deps: Dependencies, held: HeldLease, work: Work): Promise<AttemptResult> => {
  switch (work.kind) {
    case 'convert':
      return convertSource(deps, held)
    case 'part':
      return makePart(deps, held, work.partId)
    case 'assemble':
      return assembleParts(deps, held)
    default:
      return work satisfies never
  }
}
