import type { Message } from './message.ts'
import { projectId, shortId } from './resource-name.ts'

/**
 * What is published to the dead-letter topic: the message as it was, plus the four attributes that tell where it came
 * from (seen in messages forwarded by Google; its clock is written with +00:00 there, not Z).
 * @param subscription full name of the source subscription
 * @param deliveryCount delivery attempts made on it
 */
export const deadLetter = (message: Message, subscription: string, deliveryCount: number) => ({
  data: message.data,
  orderingKey: message.orderingKey,
  attributes: {
    ...message.attributes,
    CloudPubSubDeadLetterSourceDeliveryCount: String(deliveryCount),
    CloudPubSubDeadLetterSourceSubscription: shortId(subscription),
    CloudPubSubDeadLetterSourceSubscriptionProject: projectId(subscription),
    CloudPubSubDeadLetterSourceTopicPublishTime: message.publishTime.replace(/Z$/, '+00:00'),
  },
})
