import type { Logger } from 'winston'
import type { Outcome } from './ack-policy.ts'
import type { HeldLease } from './lease.ts'

/**
 * Does the work of an attempt and logs, once, how it ended ("unexpected" when it throws), so that the log explains every claim of a job
 * whose process lived on. Returns and throws what `work` does.
 */
export const logAttempt = async (
  logger: Logger,
  { lease }: Pick<HeldLease, 'lease'>,
  work: () => Promise<Outcome>,
): Promise<Outcome> => {
  let ended: Outcome['kind'] | 'unexpected' = 'unexpected'
  try {
    const outcome = await work()
    ended = outcome.kind
    return outcome
  } finally {
    logger.info('attempt ended', { ...lease, outcome: ended })
  }
}
