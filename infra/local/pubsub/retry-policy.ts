import { milliseconds } from './duration.ts'
import type { RetryPolicy } from './subscription.ts'

// Google says only "as soon as possible" [google.pubsub.v1.Subscription.retry_policy]; this keeps a broken endpoint from a busy loop.
const DELAY_WITHOUT_POLICY_MS = 100
const LEAST_BACKOFF_MS = 10

/**
 * How long to wait before a message is delivered again, in milliseconds.
 * With a policy: minimumBackoff doubled with each failure, never over maximumBackoff [google.pubsub.v1.RetryPolicy].
 * @param failures nacks and missed deadlines of this message so far, 1 or more
 */
export const retryDelayMs = (policy: RetryPolicy | undefined, failures: number): number => {
  if (!policy) return DELAY_WITHOUT_POLICY_MS
  const leastMs = Math.max(milliseconds(policy.minimumBackoff), LEAST_BACKOFF_MS)
  const mostMs = Math.max(milliseconds(policy.maximumBackoff), LEAST_BACKOFF_MS)
  return Math.min(leastMs * 2 ** (failures - 1), mostMs)
}
