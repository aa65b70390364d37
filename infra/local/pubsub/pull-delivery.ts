import type { Backlog, Entry } from './backlog.ts'
import { invalidArgument } from './rpc-error.ts'
import type { Settlement } from './settlement.ts'

// Google waits for "a bounded amount of time" [google.pubsub.v1.Subscriber.Pull] and may then answer with nothing.
const PULL_WAIT_MS = 1000

/** A message that a puller holds until it acknowledges or its deadline passes. */
export type PulledMessage = { ackId: string; entry: Entry }

/** Unary pull, acknowledge and modifyAckDeadline for subscriptions without a push endpoint. */
export type PullDelivery = {
  /** At most that many ready messages, after a short wait if there are none; none if the subscription is a push one. */
  pull(backlog: Backlog, maxMessages: number): Promise<PulledMessage[]>
  /** Ids whose deadline has passed are ignored. Throws INVALID_ARGUMENT for what was never an ack id of the subscription. */
  acknowledge(backlog: Backlog, ackIds: readonly string[]): void
  /** New deadline in seconds from now; 0 is a nack. Throws like acknowledge. */
  modifyAckDeadline(backlog: Backlog, ackIds: readonly string[], seconds: number): void
  /** Tells waiting pullers that the backlog has something. */
  wake(backlog: Backlog): void
  /** Ends every wait with an empty answer and cancels every deadline. */
  close(): void
}

/** Pull delivery without any message out. */
export const createPullDelivery = (settlement: Settlement): PullDelivery => {
  const leases = new Map<string, { backlog: Backlog; entry: Entry; timer: NodeJS.Timeout }>()
  const waiting = new Set<{ backlog: Backlog; stop: () => void }>()
  let lastLease = 0

  const isPull = (backlog: Backlog): boolean => backlog.subscription.pushConfig.pushEndpoint === ''

  const hold = (ackId: string, backlog: Backlog, entry: Entry, seconds: number): void => {
    const timer = setTimeout(() => endLease(ackId, 'failed'), seconds * 1000)
    leases.set(ackId, { backlog, entry, timer })
  }

  const endLease = (ackId: string, as: 'acknowledged' | 'failed'): void => {
    const lease = leases.get(ackId)
    if (!lease) return
    clearTimeout(lease.timer)
    leases.delete(ackId)
    if (as === 'acknowledged') settlement.acknowledge(lease.backlog, lease.entry)
    else settlement.fail(lease.backlog, lease.entry)
  }

  const waitForOne = (backlog: Backlog): Promise<void> =>
    new Promise((resolve) => {
      const waiter = {
        backlog,
        stop: () => {
          clearTimeout(timer)
          waiting.delete(waiter)
          resolve()
        },
      }
      const timer = setTimeout(waiter.stop, PULL_WAIT_MS)
      waiting.add(waiter)
    })

  return {
    pull: async (backlog, maxMessages) => {
      if (isPull(backlog) && backlog.readyCount === 0) await waitForOne(backlog)
      const pulled: PulledMessage[] = []
      while (isPull(backlog) && pulled.length < maxMessages) {
        const entry = backlog.take()
        if (!entry) break
        lastLease += 1
        const ackId = `${backlog.subscription.name}:${lastLease}`
        hold(ackId, backlog, entry, backlog.subscription.ackDeadlineSeconds)
        pulled.push({ ackId, entry })
      }
      return pulled
    },
    acknowledge: (backlog, ackIds) => {
      checkAckIds(backlog, ackIds)
      for (const ackId of ackIds) endLease(ackId, 'acknowledged')
    },
    modifyAckDeadline: (backlog, ackIds, seconds) => {
      checkAckIds(backlog, ackIds)
      for (const ackId of ackIds) {
        const lease = leases.get(ackId)
        if (!lease) continue
        if (seconds === 0) endLease(ackId, 'failed')
        else {
          clearTimeout(lease.timer)
          hold(ackId, lease.backlog, lease.entry, seconds)
        }
      }
    },
    wake: (backlog) => {
      for (const waiter of waiting) if (waiter.backlog === backlog) waiter.stop()
    },
    close: () => {
      for (const waiter of waiting) waiter.stop()
      for (const { timer } of leases.values()) clearTimeout(timer)
      leases.clear()
    },
  }
}

const checkAckIds = (backlog: Backlog, ackIds: readonly string[]): void => {
  if (ackIds.length === 0) throw invalidArgument('No ack ids specified')
  const prefix = `${backlog.subscription.name}:`
  for (const ackId of ackIds) {
    const wellFormed = ackId.startsWith(prefix) && /^\d+$/.test(ackId.slice(prefix.length))
    if (!wellFormed) throw invalidArgument(`Invalid ack id (ack_id=${ackId})`)
  }
}
