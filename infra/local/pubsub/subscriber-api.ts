import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { z } from 'zod'
import type { Broker } from './broker.ts'
import { page } from './page.ts'
import type { PullDelivery, PulledMessage } from './pull-delivery.ts'
import { checkProjectName } from './resource-name.ts'
import { invalidArgument } from './rpc-error.ts'
import { pushConfigSchema, type Subscription, subscriptionSchema } from './subscription.ts'
import { unary } from './unary.ts'

const name = z.string().default('')
const ackIds = z.array(z.string()).default([])
const subscriptionRequest = z.object({ subscription: name })

/** google.pubsub.v1.Subscriber over a broker. Missing methods, among them StreamingPull and Seek, answer UNIMPLEMENTED. */
export const subscriberApi = (broker: Broker, pulls: PullDelivery): UntypedServiceImplementation => ({
  createSubscription: unary(subscriptionSchema, (subscription) => onTheWire(broker.createSubscription(subscription))),
  getSubscription: unary(subscriptionRequest, ({ subscription }) =>
    onTheWire(broker.backlog(subscription).subscription),
  ),
  updateSubscription: unary(
    z.object({
      subscription: subscriptionSchema.prefault({}),
      updateMask: z.object({ paths: z.array(z.string()).default([]) }).prefault({}),
    }),
    ({ subscription, updateMask }) => onTheWire(broker.updateSubscription(subscription, updateMask.paths)),
  ),
  listSubscriptions: unary(
    z.object({ project: name, pageSize: z.number().default(0), pageToken: z.string().default('') }),
    (request) => {
      checkProjectName(request.project)
      const subscriptions = broker.backlogs().map(({ subscription }) => subscription)
      const ofProject = subscriptions.filter((subscription) => subscription.name.startsWith(`${request.project}/`))
      const { items, nextPageToken } = page(ofProject, request)
      return { subscriptions: items.map(onTheWire), nextPageToken }
    },
  ),
  deleteSubscription: unary(subscriptionRequest, ({ subscription }) => {
    broker.deleteSubscription(subscription)
    return {}
  }),
  modifyPushConfig: unary(
    subscriptionRequest.extend({ pushConfig: pushConfigSchema.prefault({}) }),
    ({ subscription, pushConfig }) => {
      broker.updateSubscription({ ...broker.backlog(subscription).subscription, pushConfig }, ['push_config'])
      return {}
    },
  ),
  pull: unary(
    subscriptionRequest.extend({ maxMessages: z.number().default(0) }),
    async ({ subscription, maxMessages }) => {
      const backlog = broker.backlog(subscription)
      if (maxMessages <= 0) throw invalidArgument('No max_messages specified')
      const pulled = await pulls.pull(backlog, maxMessages)
      const counted = backlog.subscription.deadLetterPolicy !== undefined
      return { receivedMessages: pulled.map((message) => receivedMessage(message, counted)) }
    },
  ),
  acknowledge: unary(subscriptionRequest.extend({ ackIds }), (request) => {
    pulls.acknowledge(broker.backlog(request.subscription), request.ackIds)
    return {}
  }),
  modifyAckDeadline: unary(
    subscriptionRequest.extend({ ackIds, ackDeadlineSeconds: z.number().default(0) }),
    (request) => {
      const { ackDeadlineSeconds: seconds } = request
      if (seconds < 0 || seconds > 600) throw invalidArgument(`ack_deadline_seconds must be 0 to 600, not ${seconds}`)
      pulls.modifyAckDeadline(broker.backlog(request.subscription), request.ackIds, seconds)
      return {}
    },
  ),
})

// A push subscription always shows the version of its push format [google.pubsub.v1.PushConfig.attributes].
const onTheWire = (subscription: Subscription): object => {
  const { pushConfig } = subscription
  const attributes = pushConfig.pushEndpoint === '' ? {} : { 'x-goog-version': 'v1', ...pushConfig.attributes }
  return { ...subscription, pushConfig: { ...pushConfig, attributes }, state: 'ACTIVE' }
}

const receivedMessage = ({ ackId, entry }: PulledMessage, counted: boolean): object => {
  const { id, publishTime, data, attributes, orderingKey } = entry.message
  const publishMs = Date.parse(publishTime)
  return {
    ackId,
    message: {
      data,
      attributes,
      orderingKey,
      messageId: id,
      publishTime: { seconds: Math.floor(publishMs / 1000), nanos: (publishMs % 1000) * 1_000_000 },
    },
    ...(counted && { deliveryAttempt: entry.failures + 1 }),
  }
}
