import { availableParallelism } from 'node:os'
import type { StackOptions } from './stack.ts'

/**
 * How the local stack differs from Google Cloud: one conversion for every two processors at the same time, and shorter pauses
 * before a redelivery, because somebody is watching.
 */
export const localDefaults: Omit<StackOptions, 'directory' | 'webPort'> = {
  durable: true,
  fresh: false,
  reapSeconds: 15,
  push: { ackDeadlineSeconds: 600, maxDeliveryAttempts: 5, backoffSeconds: { minimum: 1, maximum: 60 } },
  conversionsAtOnce: Math.max(1, Math.floor(availableParallelism() / 2)),
}
