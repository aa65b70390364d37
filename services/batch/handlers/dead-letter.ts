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
 * an instance was stopped. The owner's video is not to blame for that, so such a job is published again.
 *
 * The dead letters of the uploads subscription come here, too: the upload is taken now, or when its letter is delivered again.
 */
export const deadLetter = async (deps: Dependencies, envelope: PushEnvelope): Promise<Outcome> => {
  const message = readMessage(jobMessage, envelope)
  const { attributes } = envelope.message
  deps.logger.error('message dead-lettered', {
    jobId: message?.jobId,
    deliveries: attributes.CloudPubSubDeadLetterSourceDeliveryCount,
    sourceSubscription: attributes.CloudPubSubDeadLetterSourceSubscription,
  })
  if (message === undefined) return objectFinalized(deps, envelope)
  const unspent = await requeueUnspentJob(deps.db, message.jobId)
  if (unspent === undefined) return giveUp(deps, message.jobId)
  await publishJob(deps, unspent)
  return { kind: 'published-again' }
}
