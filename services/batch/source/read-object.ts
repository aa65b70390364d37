import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { File } from '@google-cloud/storage'
import { isStorageUnavailable } from '@reelway/shared/storage/storage-errors.ts'
import type { ByteRange } from './parse-range.ts'

/** Together they outlast a short outage of the storage: 12.6 s when each try fails at once. */
const RETRIES = 6
const FIRST_BACKOFF_MILLIS = 200
/** An open connection that brings nothing for so long is given up and made anew. */
const SILENCE_MILLIS = 10_000
/**
 * No new try after so long without a byte: with the silence of the last one this is below the 60 s after which ffmpeg takes a
 * silent source for its end (hardening.ts). We must be the first to say that it failed, or the owner is told that the video is
 * cut short.
 */
const LAST_TRY_AFTER_MILLIS = 45_000

/**
 * So many bytes are asked of the storage at first, and twice as many each time, up to the largest: for a reader that may hang
 * up at any time. Whatever is on the way then was fetched for nothing.
 */
export type ReadWindows = { firstBytes: number; largestBytes: number }

const WHOLE_RANGE: ReadWindows = { firstBytes: Number.POSITIVE_INFINITY, largestBytes: Number.POSITIVE_INFINITY }

/**
 * The bytes of a range of an object, in order, as they come: no more is fetched than the buffers of one connection hold while
 * nobody takes them. Reads that break are resumed where they broke. Throws what the storage said when a read fails for good,
 * and the reason of `signal` when that is aborted.
 * `file` names a generation and belongs to a client that does not retry (autoRetry: false): retrying while it streams makes
 * @google-cloud/storage 8.4 throw outside of any try/catch (github.com/googleapis/google-cloud-node/issues/8670).
 */
export async function* readObject(
  file: File,
  { first, last }: ByteRange,
  signal: AbortSignal,
  windows: ReadWindows = WHOLE_RANGE,
): AsyncGenerator<Buffer, void, void> {
  let next = first
  let failures = 0
  let lastByteAt = performance.now()
  let windowBytes = windows.firstBytes
  while (next <= last) {
    signal.throwIfAborted()
    const end = Math.min(last, next + windowBytes - 1)
    const stream = file.createReadStream({ start: next, end, validation: false, decompress: false })
    let isAnswered = false
    stream.once('response', () => {
      isAnswered = true
    })
    try {
      for await (const chunk of chunksOf(stream, signal)) {
        next += chunk.length
        failures = 0
        yield chunk
        // The time that the reader took is not the storage's.
        lastByteAt = performance.now()
      }
      if (next <= end) throw new BrokenRead('the storage ended the answer early')
      windowBytes = Math.min(windowBytes * 2, windows.largestBytes)
    } catch (error) {
      signal.throwIfAborted()
      failures += 1
      const isLast = failures > RETRIES || performance.now() - lastByteAt > LAST_TRY_AFTER_MILLIS
      if (isLast || !isWorthRetrying(error)) throw error
      await backOff(FIRST_BACKOFF_MILLIS * 2 ** (failures - 1), signal)
    } finally {
      endRead(stream, isAnswered)
    }
  }
}

/**
 * @google-cloud/storage 8.4 pipes the answer into its stream without looking: a stream that was destroyed while the request was
 * on its way makes it throw outside of any try/catch, which would end the process. So such a read is ended by its answer.
 */
const endRead = (stream: Readable, isAnswered: boolean): void => {
  // Whatever comes of it now, nobody waits for it.
  stream.on('error', () => undefined)
  if (isAnswered) stream.destroy()
  else stream.once('response', () => setImmediate(() => stream.destroy()))
}

/** Waits; no longer than until the abort, which the next try notices. */
const backOff = (millis: number, signal: AbortSignal): Promise<void> =>
  sleep(millis, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })

class BrokenRead extends Error {
  override readonly name = 'BrokenRead'
}

const isWorthRetrying = (error: unknown): boolean => error instanceof BrokenRead || isStorageUnavailable(error)

async function* chunksOf(stream: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const iterator: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  while (true) {
    signal.throwIfAborted()
    const result = await withinSilence(iterator.next(), signal)
    if (result.done === true) return
    yield result.value
  }
}

const withinSilence = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  const { promise: interrupted, reject: interrupt } = Promise.withResolvers<never>()
  const silent = new BrokenRead(`the storage sent nothing for ${SILENCE_MILLIS} ms`)
  const silence = setTimeout(() => interrupt(silent), SILENCE_MILLIS)
  const giveUp = () => interrupt(signal.reason)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([work, interrupted])
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', giveUp)
  }
}
