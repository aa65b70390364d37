import { requeueUnspentJob } from '@reelway/shared/db/jobs/requeue-unspent.ts'
import { jobMessage } from '@reelway/shared/message/body.ts'
import { type PushEnvelope, readMessage } from '@reelway/shared/message/envelope.ts'
import { publishJob } from '@reelway/shared/message/publish.ts'
import type { Outcome } from '../ack-policy.ts'
import type { Dependencies } from '../dependencies.ts'
import { giveUp } from './give-up.ts'
import { objectFinalized } from './object-finalized.ts'

/**
 * THE DEAD LETTER: Pub/Sub has given a job up. If its attempts are used up, its task fails with the reason of the last one, and
 * the owner can retry it. Pub/Sub also counts pushes that never became an attempt: batch was away, all instances were busy (429),
 * an instance was stopped. The owner's video is not to blame for that, so such a job is published again; but not in the lane of a
 * candidate, which has had its chance then.
 *
 * The dead letters of the uploads subscription come here, too: the upload is taken now, or when its letter is delivered again.
 */
export const deadLetter = async (deps: Dependencies, envelope: PushEnvelope): Promise<Outcome> => {
  const message = readMessage(jobMessage, envelope)
  const outcome = message === undefined ? await objectFinalized(deps, envelope) : await settleJob(deps, message.jobId)
  // Once for each letter: only now it is certain that this one is not delivered again.
  const { attributes } = envelope.message
  deps.logger.error('message dead-lettered', {
    jobId: message?.jobId,
    deliveries: attributes.CloudPubSubDeadLetterSourceDeliveryCount,
    sourceSubscription: attributes.CloudPubSubDeadLetterSourceSubscription,
  })
  return outcome
}

const settleJob = async (deps: Dependencies, jobId: string): Promise<Outcome> => {
  const unspent = await requeueUnspentJob(deps.db, jobId)
  if (unspent === undefined) return giveUp(deps, jobId)
  await publishJob(deps, unspent)
  return { kind: 'published-again' }
}
