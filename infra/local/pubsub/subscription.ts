import { z } from 'zod'
import { type Duration, durationSchema, milliseconds } from './duration.ts'
import { parseFilter } from './filter.ts'
import { checkSubscriptionName, checkTopicName } from './resource-name.ts'
import { invalidArgument, outOfRange, unimplemented } from './rpc-error.ts'

/** google.pubsub.v1.PushConfig. An empty pushEndpoint means pull. */
export const pushConfigSchema = z.object({
  pushEndpoint: z.string().default(''),
  attributes: z.record(z.string(), z.string()).default({}),
  oidcToken: z.object({ serviceAccountEmail: z.string().default(''), audience: z.string().default('') }).optional(),
  noWrapper: z.object({ writeMetadata: z.boolean().default(false) }).optional(),
})

export type PushConfig = z.infer<typeof pushConfigSchema>

const retryPolicySchema = z.object({
  minimumBackoff: durationSchema.default({ seconds: 10, nanos: 0 }),
  maximumBackoff: durationSchema.default({ seconds: 600, nanos: 0 }),
})

export type RetryPolicy = z.infer<typeof retryPolicySchema>

/** google.pubsub.v1.Subscription, the part of it that this server keeps, with Google's defaults. */
export const subscriptionSchema = z.object({
  name: z.string().default(''),
  topic: z.string().default(''),
  pushConfig: pushConfigSchema.prefault({}),
  ackDeadlineSeconds: z.number().default(10),
  messageRetentionDuration: durationSchema.default({ seconds: 604_800, nanos: 0 }),
  labels: z.record(z.string(), z.string()).default({}),
  expirationPolicy: z.object({ ttl: durationSchema.optional() }).default({ ttl: { seconds: 2_678_400, nanos: 0 } }),
  filter: z.string().default(''),
  deadLetterPolicy: z
    .object({ deadLetterTopic: z.string().default(''), maxDeliveryAttempts: z.number().default(5) })
    .optional(),
  retryPolicy: retryPolicySchema.optional(),
  retainAckedMessages: z.boolean().default(false),
  enableMessageOrdering: z.boolean().default(false),
  enableExactlyOnceDelivery: z.boolean().default(false),
  detached: z.boolean().default(false),
  bigqueryConfig: z.unknown().optional(),
  bigtableConfig: z.unknown().optional(),
  cloudStorageConfig: z.unknown().optional(),
  messageTransforms: z.array(z.unknown()).default([]),
})

export type Subscription = z.infer<typeof subscriptionSchema>

/** Fields that UpdateSubscription may change; name, topic and filter are fixed at creation. */
export const MUTABLE_SUBSCRIPTION_FIELDS = [
  'pushConfig',
  'ackDeadlineSeconds',
  'messageRetentionDuration',
  'labels',
  'expirationPolicy',
  'deadLetterPolicy',
  'retryPolicy',
] as const satisfies (keyof Subscription)[]

/**
 * The subscription as it will be kept: checked against the bounds of google.pubsub.v1.Subscription, zeros replaced by
 * Google's defaults. Throws INVALID_ARGUMENT or OUT_OF_RANGE, or UNIMPLEMENTED for what this server would otherwise silently ignore.
 */
export const checkSubscription = (given: Subscription): Subscription => {
  const subscription = withDefaultsForZero(given)
  checkSubscriptionName(subscription.name)
  refuseUnsupported(subscription)
  if (subscription.ackDeadlineSeconds < 10 || subscription.ackDeadlineSeconds > 600) {
    throw invalidArgument(`ack_deadline_seconds must be 10 to 600, not ${subscription.ackDeadlineSeconds}`)
  }
  checkRange('message_retention_duration', subscription.messageRetentionDuration, 600, 31 * 86_400)
  if (subscription.retryPolicy) checkRetryPolicy(subscription.retryPolicy)
  if (subscription.deadLetterPolicy) checkDeadLetterPolicy(subscription.deadLetterPolicy)
  checkPushConfig(subscription.pushConfig)
  parseFilter(subscription.filter)
  return subscription
}

/** Throws INVALID_ARGUMENT if the endpoint is neither empty nor http(s), or a token is asked for without an account. */
export const checkPushConfig = (push: PushConfig): void => {
  if (push.pushEndpoint !== '' && !isHttpUrl(push.pushEndpoint)) {
    throw invalidArgument(`Unsupported push_endpoint: ${push.pushEndpoint}`)
  }
  if (push.oidcToken && !push.oidcToken.serviceAccountEmail.includes('@')) {
    throw invalidArgument('oidc_token needs a service_account_email')
  }
}

// In proto3 a zero is an absent field, and absent means the default [comments of the two fields].
const withDefaultsForZero = (given: Subscription): Subscription => ({
  ...given,
  ackDeadlineSeconds: given.ackDeadlineSeconds || 10,
  ...(given.deadLetterPolicy && {
    deadLetterPolicy: {
      ...given.deadLetterPolicy,
      maxDeliveryAttempts: given.deadLetterPolicy.maxDeliveryAttempts || 5,
    },
  }),
})

const refuseUnsupported = (subscription: Subscription): void => {
  if (subscription.enableMessageOrdering) throw unimplemented('message ordering')
  if (subscription.enableExactlyOnceDelivery) throw unimplemented('exactly-once delivery')
  if (subscription.retainAckedMessages) throw unimplemented('retention of acknowledged messages')
  if (subscription.detached) throw unimplemented('detached subscriptions')
  if (subscription.bigqueryConfig || subscription.bigtableConfig || subscription.cloudStorageConfig) {
    throw unimplemented('export subscriptions')
  }
  if (subscription.messageTransforms.length > 0) throw unimplemented('message transforms')
}

const checkRetryPolicy = ({ minimumBackoff, maximumBackoff }: RetryPolicy): void => {
  checkRange('minimum_backoff', minimumBackoff, 0, 600)
  checkRange('maximum_backoff', maximumBackoff, 0, 600)
  if (milliseconds(maximumBackoff) < milliseconds(minimumBackoff)) {
    throw invalidArgument('maximum_backoff is smaller than minimum_backoff')
  }
}

const checkDeadLetterPolicy = (policy: { deadLetterTopic: string; maxDeliveryAttempts: number }): void => {
  checkTopicName(policy.deadLetterTopic)
  if (policy.maxDeliveryAttempts < 5 || policy.maxDeliveryAttempts > 100) {
    // Unlike the other bounds: the official emulator answers OUT_OF_RANGE here.
    throw outOfRange(`max_delivery_attempts must be 5 to 100, not ${policy.maxDeliveryAttempts}`)
  }
}

const checkRange = (field: string, duration: Duration, leastSeconds: number, mostSeconds: number): void => {
  const seconds = milliseconds(duration) / 1000
  if (seconds < leastSeconds || seconds > mostSeconds) {
    throw invalidArgument(`${field} must be ${leastSeconds} to ${mostSeconds} s, not ${seconds} s`)
  }
}

const isHttpUrl = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
}
