import type { ServerResponse } from 'node:http'
import type { ChangePosition } from '@reelway/shared/db/tasks/list-changes.ts'

/** A client whose connection breaks comes back after so long: not all at once when an instance ends. */
const SHORTEST_RETRY_MILLIS = 1_000
const LONGEST_RETRY_MILLIS = 4_000
/** So many events wait for a client that reads slowly; one that has more to hear is told to read the list. */
const MOST_PENDING = 200

/** Something that a client is told. Of two with the same key only the later one matters. */
export type LiveEvent = { key: string; name: 'ready' | 'task' | 'task-removed' | 'reload'; data: string }

export const RELOAD: LiveEvent = { key: 'reload', name: 'reload', data: '{}' }

export type EventStream = {
  /** Tells events, with which a client that has all of them knows everything up to `position`. */
  push(events: readonly LiveEvent[], position: ChangePosition): void
  /** Shows that the connection lives, also to proxies in between. */
  beat(): void
  /** for how many milliseconds the client has taken nothing, while there is something for it */
  blockedMillis(): number
  /** Ends it; the client comes back by itself. */
  close(): void
  /** Ends it without waiting for what the client has not taken yet. */
  cut(): void
}

/**
 * Begins an answer of Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html) for a client that knows
 * everything up to `position`. Each event carries as its id how far the client is once it has it. At most MOST_PENDING events and what fits into
 * the socket's buffer are kept for a slow client: of a task only its last state.
 */
export const openEventStream = (response: ServerResponse, position: ChangePosition): EventStream => {
  const pending = new Map<string, LiveEvent>()
  let delivered = position
  let latest = position
  let blockedAt: number | undefined

  const write = (text: string): void => {
    if (response.writableEnded || response.destroyed || response.write(text)) return
    blockedAt = performance.now()
    response.once('drain', () => {
      blockedAt = undefined
      flush()
    })
  }
  const flush = (): void => {
    for (const [key, event] of pending) {
      if (blockedAt !== undefined || response.destroyed) return
      pending.delete(key)
      // Whoever comes back after any but the last one must be told the rest once more.
      if (pending.size === 0) delivered = latest
      write(`id: ${delivered}\nevent: ${event.name}\ndata: ${event.data}\n\n`)
    }
  }

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  write(`retry: ${Math.round(between(SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS))}\n\n`)
  return {
    push: (events, position) => {
      for (const event of events) {
        pending.delete(event.key)
        pending.set(event.key, event)
      }
      if (pending.size > MOST_PENDING) {
        pending.clear()
        pending.set(RELOAD.key, RELOAD)
      }
      latest = position
      if (pending.size === 0) delivered = latest
      flush()
    },
    beat: () => {
      if (blockedAt === undefined) write(':\n\n')
    },
    blockedMillis: () => (blockedAt === undefined ? 0 : performance.now() - blockedAt),
    close: () => void response.end(),
    cut: () => void response.destroy(),
  }
}

const between = (least: number, most: number): number => least + (most - least) * Math.random()
