import type { Work } from '@reelway/shared/db/jobs/work.ts'
import type { Logger } from 'winston'
import type { Outcome } from './ack-policy.ts'
import type { HeldLease } from './lease.ts'

/**
 * Does the work of an attempt and logs, once, for what it was, how it ended ("unexpected" when it throws) and after how many seconds, so
 * that the log explains every claim of a job whose process lived on. Returns and throws what `attempt` does.
 */
export const logAttempt = async (
  logger: Logger,
  held: HeldLease,
  work: Work,
  attempt: () => Promise<Outcome>,
): Promise<Outcome> => {
  let ended: Outcome['kind'] | 'unexpected' = 'unexpected'
  try {
    const outcome = await attempt()
    ended = outcome.kind
    return outcome
  } finally {
    logger.info('attempt ended', { ...held.lease, ...work, outcome: ended, seconds: held.ageSeconds() })
  }
}
