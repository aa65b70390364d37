import type { Backlog, Entry } from './backlog.ts'
import { deadLetter } from './dead-letter.ts'
import type { Message } from './message.ts'
import type { MessageLog } from './message-log.ts'
import { retryDelayMs } from './retry-policy.ts'

/** How a delivery ends, whether it was pushed or pulled. */
export type Settlement = {
  /** The subscriber has the message: it is forgotten. */
  acknowledge(backlog: Backlog, entry: Entry): void
  /**
   * A nack or a missed deadline: counted, then delivered again after the back-off, or forwarded to the dead-letter
   * topic once maxDeliveryAttempts deliveries have failed. Without that topic, retries go on.
   */
  fail(backlog: Backlog, entry: Entry): void
}

/**
 * @param forward publishes to the dead-letter topic; false if that topic does not exist
 * @param onSettled called after each change
 */
export const createSettlement = (deps: {
  log: MessageLog
  forward: (topic: string, letter: Pick<Message, 'data' | 'attributes' | 'orderingKey'>) => boolean
  onSettled: () => void
}): Settlement => {
  const acknowledge = (backlog: Backlog, entry: Entry): void => {
    if (!backlog.holds(entry)) return
    deps.log.append({ kind: 'acked', subscription: backlog.subscription.name, messageId: entry.message.id })
    backlog.remove(entry)
    deps.onSettled()
  }

  const fail = (backlog: Backlog, entry: Entry): void => {
    if (!backlog.holds(entry)) return
    const { name, deadLetterPolicy, retryPolicy } = backlog.subscription
    entry.failures += 1
    deps.log.append({
      kind: 'failed',
      subscription: name,
      messageId: entry.message.id,
      failures: entry.failures,
    })
    if (deadLetterPolicy && entry.failures >= deadLetterPolicy.maxDeliveryAttempts) {
      const letter = deadLetter(entry.message, name, entry.failures)
      if (deps.forward(deadLetterPolicy.deadLetterTopic, letter)) {
        acknowledge(backlog, entry)
        return
      }
    }
    backlog.returnAfter(entry, retryDelayMs(retryPolicy, entry.failures))
    deps.onSettled()
  }

  return { acknowledge, fail }
}
