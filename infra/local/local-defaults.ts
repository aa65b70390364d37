import { availableParallelism } from 'node:os'
import type { StackOptions } from './stack-options.ts'

/**
 * How the local stack differs from Google Cloud: one conversion for every two processors at the same time, and a reaper that comes
 * more often, because somebody is watching.
 */
export const localDefaults: Omit<StackOptions, 'directory' | 'webPort'> = {
  durable: true,
  fresh: false,
  reapSeconds: 15,
  push: {},
  conversionsAtOnce: Math.max(1, Math.floor(availableParallelism() / 2)),
}
