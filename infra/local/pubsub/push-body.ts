import type { Message } from './message.ts'
import type { PushConfig } from './subscription.ts'

/** What one push sends, apart from its Authorization header. */
export type PushContent = { headers: Record<string, string>; body: Buffer }

/**
 * The HTTP body of a push and the headers that belong to it: wrapped JSON, or with noWrapper the bare data, then with
 * writeMetadata the message's metadata and attributes as headers [google.pubsub.v1.PushConfig; "Payload unwrapping"
 * of Pub/Sub's documentation].
 * @param deliveryAttempt 1 or more, only for subscriptions with a dead-letter policy
 */
export const pushBody = (input: {
  message: Message
  subscription: string
  push: PushConfig
  deliveryAttempt: number | undefined
}): PushContent => {
  if (!input.push.noWrapper) return wrapped(input.message, input.subscription, input.deliveryAttempt)
  const headers = input.push.noWrapper.writeMetadata ? metadataHeaders(input.message, input.subscription) : {}
  return { headers, body: input.message.data }
}

// Both spellings of the id and the time are sent, for old and new libraries.
const wrapped = (message: Message, subscription: string, deliveryAttempt: number | undefined): PushContent => ({
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(
    JSON.stringify({
      message: {
        attributes: message.attributes,
        data: message.data.toString('base64'),
        messageId: message.id,
        message_id: message.id,
        ...(message.orderingKey !== '' && { orderingKey: message.orderingKey }),
        publishTime: message.publishTime,
        publish_time: message.publishTime,
      },
      subscription,
      ...(deliveryAttempt !== undefined && { deliveryAttempt }),
    }),
  ),
})

const metadataHeaders = (message: Message, subscription: string): Record<string, string> => ({
  ...message.attributes,
  'x-goog-pubsub-message-id': message.id,
  'x-goog-pubsub-publish-time': message.publishTime,
  'x-goog-pubsub-subscription-name': subscription,
  ...(message.orderingKey !== '' && { 'x-goog-pubsub-ordering-key': message.orderingKey }),
})
