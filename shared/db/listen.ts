import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** After each connection that fails the pause is twice as long, and of a random length up to it, so that instances do not come at once. */
const FIRST_PAUSE_MILLIS = 250
const LONGEST_PAUSE_MILLIS = 10_000
/** A connection whose other end is gone without a word would else be silent for ever. */
const PROBE_MILLIS = 20_000
/** Whoever does not even say goodbye by then is left. */
const GOODBYE_MILLIS = 1_000

export type Hearing = {
  onNotice(channel: string, payload: string): void
  /** from now on nothing is missed; what was said before has been */
  onUp(): void
  /** from now on nothing is heard, until onUp */
  onDown(error: unknown): void
}

/**
 * Listens to what PostgreSQL notifies on `channels`, over one connection that is replaced for as long as it takes when it breaks, until it
 * is closed. Never throws.
 */
export const listen = (
  newClient: () => pg.Client,
  channels: readonly string[],
  hearing: Hearing,
): { close(): Promise<void> } => {
  const closing = new AbortController()
  const ended = keepListening(newClient, channels, hearing, closing.signal)
  return {
    close: () => {
      closing.abort()
      return ended
    },
  }
}

const keepListening = async (
  newClient: () => pg.Client,
  channels: readonly string[],
  hearing: Hearing,
  closing: AbortSignal,
): Promise<void> => {
  let pauseMillis = FIRST_PAUSE_MILLIS
  while (!closing.aborted) {
    try {
      await listenOnce(newClient(), channels, closing, {
        ...hearing,
        onUp: () => {
          pauseMillis = FIRST_PAUSE_MILLIS
          hearing.onUp()
        },
      })
    } catch (error) {
      if (closing.aborted) return
      hearing.onDown(error)
    }
    await sleep(pauseMillis * Math.random(), undefined, { signal: closing }).catch(() => undefined)
    pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS)
  }
}

/** Throws when the connection cannot be made or breaks; returns when `closing` is aborted. */
const listenOnce = async (
  client: pg.Client,
  channels: readonly string[],
  closing: AbortSignal,
  { onNotice, onUp }: Pick<Hearing, 'onNotice' | 'onUp'>,
): Promise<void> => {
  const broken = Promise.withResolvers<never>()
  // Whoever waits for something else at that moment hears of it there.
  broken.promise.catch(() => undefined)
  client.on('error', broken.reject)
  client.on('end', () => broken.reject(new Error('the connection that listens has ended')))
  client.on('notification', ({ channel, payload = '' }) => onNotice(channel, payload))
  try {
    await client.connect()
    await client.query(channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`).join('; '))
    if (!closing.aborted) onUp()
    while (!closing.aborted) {
      await Promise.race([broken.promise, sleep(PROBE_MILLIS, undefined, { signal: closing }).catch(() => undefined)])
      if (!closing.aborted) await client.query('select 1')
    }
  } finally {
    await Promise.race([client.end().catch(() => undefined), sleep(GOODBYE_MILLIS)])
  }
}
