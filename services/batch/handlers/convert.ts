import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { jobMessage } from '@reelway/shared/message/body.ts'
import { type PushEnvelope, readMessage } from '@reelway/shared/message/envelope.ts'
import type { Outcome } from '../ack-policy.ts'
import { convertSource } from '../convert-source.ts'
import type { Dependencies } from '../dependencies.ts'
import { holdLease } from '../lease.ts'
import { logAttempt } from '../log-attempt.ts'
import { settleAttempt, settleException } from '../settle-attempt.ts'
import { giveUp } from './give-up.ts'

/** One delivery of a convert job, from the claim of its lease to the settled task. */
export const convert = async (deps: Dependencies, envelope: PushEnvelope): Promise<Outcome> => {
  const message = readMessage(jobMessage, envelope)
  if (message === undefined) return { kind: 'malformed', reason: 'the message names no job' }
  const claim = await claimJob(deps.db, message.jobId)
  if (claim.kind === 'attempts-exhausted') return giveUp(deps, message.jobId)
  if (claim.kind !== 'claimed') return claim

  await using held = holdLease(deps.db, claim.lease, deps.stopping, deps.logger)
  return await logAttempt(deps.logger, held, async () => {
    try {
      return await settleAttempt(deps, held, await convertSource(deps, held))
    } catch (error) {
      return await settleException(deps, held, error)
    }
  })
}
