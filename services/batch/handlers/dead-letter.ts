import { jobMessage } from '@reelway/shared/message/body.ts'
import { type PushEnvelope, readMessage } from '@reelway/shared/message/envelope.ts'
import type { Outcome } from '../ack-policy.ts'
import type { Dependencies } from '../dependencies.ts'
import { giveUp } from './give-up.ts'

/** THE DEAD LETTER: Pub/Sub has given a job up. Its task fails with the reason of the last attempt; the owner can retry it. */
export const deadLetter = async (deps: Dependencies, envelope: PushEnvelope): Promise<Outcome> => {
  const message = readMessage(jobMessage, envelope)
  const { attributes } = envelope.message
  deps.logger.error('job dead-lettered', {
    jobId: message?.jobId,
    deliveries: attributes.CloudPubSubDeadLetterSourceDeliveryCount,
    sourceSubscription: attributes.CloudPubSubDeadLetterSourceSubscription,
  })
  if (message === undefined) return { kind: 'malformed', reason: 'the message names no job' }
  return giveUp(deps, message.jobId)
}
