import type { Message } from './message.ts'
import type { Subscription } from './subscription.ts'

/** A message that one subscription has not acknowledged yet. */
export type Entry = {
  readonly message: Message
  /** Nacks plus missed deadlines; the next delivery is attempt failures + 1. */
  failures: number
}

/** The unacknowledged messages of one subscription: each is ready, taken by a delivery, or waiting for its back-off. */
export type Backlog = {
  /** The subscription as it is now; updates replace it. */
  subscription: Subscription
  /** Number of unacknowledged messages, in whatever state. */
  readonly size: number
  readonly readyCount: number
  add(message: Message, failures: number): void
  /** Hands out the message that has been ready longest; it stays in the backlog until it is removed or returned. */
  take(): Entry | undefined
  holds(entry: Entry): boolean
  /** Makes a taken message ready again after the delay in milliseconds. */
  returnAfter(entry: Entry, delayMs: number): void
  remove(entry: Entry): void
  /** Forgets every message and cancels every timer. */
  clear(): void
}

/** An empty backlog. @param onReady called each time a message becomes ready */
export const createBacklog = (subscription: Subscription, onReady: (backlog: Backlog) => void): Backlog => {
  const entries = new Map<string, Entry>()
  const ready = new Set<Entry>()
  const timers = new Map<Entry, NodeJS.Timeout>()

  const makeReady = (entry: Entry): void => {
    timers.delete(entry)
    ready.add(entry)
    onReady(backlog)
  }

  const holds = (entry: Entry): boolean => entries.get(entry.message.id) === entry

  const backlog: Backlog = {
    subscription,
    get size() {
      return entries.size
    },
    get readyCount() {
      return ready.size
    },
    add: (message, failures) => {
      const entry = { message, failures }
      entries.set(message.id, entry)
      makeReady(entry)
    },
    take: () => {
      const [entry] = ready
      if (entry) ready.delete(entry)
      return entry
    },
    holds,
    returnAfter: (entry, delayMs) => {
      if (!holds(entry)) return
      if (delayMs <= 0) makeReady(entry)
      else timers.set(entry, setTimeout(makeReady, delayMs, entry))
    },
    remove: (entry) => {
      if (!holds(entry)) return
      entries.delete(entry.message.id)
      ready.delete(entry)
      clearTimeout(timers.get(entry))
      timers.delete(entry)
    },
    clear: () => {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      ready.clear()
      entries.clear()
    },
  }
  return backlog
}
