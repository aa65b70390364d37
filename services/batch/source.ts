import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { File } from '@google-cloud/storage'
import { isStorageUnavailable } from '@reelway/shared/storage/storage-errors.ts'
import { parseRange } from './parse-range.ts'

/** What was read of a source, and whether reading it ever failed for good. ffmpeg cannot tell a broken source from its end. */
type SourceRecord = { requests: number; bytesFetched: number; failure: unknown }

export type Source = AsyncDisposable & {
  /** http://127.0.0.1:PORT/RANDOM, for ffmpeg and ffprobe */
  url: string
  record: Readonly<SourceRecord>
}

/** Together they outlast a short outage of the storage: 12.6 s when each try fails at once. */
const RETRIES = 6
const FIRST_BACKOFF_MILLIS = 200
/**
 * The storage is asked for so much at first, and for twice as much each time the reader comes for more. ffmpeg never says how
 * much it wants, reads a little here and there, and hangs up: whatever is on the way then was fetched for nothing, and the
 * buffers of the sockets alone hold tens of megabytes.
 */
const FIRST_WINDOW_BYTES = 512 * 1024
const LARGEST_WINDOW_BYTES = 16 * 1024 * 1024
/** An open connection that brings nothing for so long is given up and made anew. */
const SILENCE_MILLIS = 10_000
/**
 * No new try after so long without a byte: with the silence of the last one this is below the 60 s after which ffmpeg takes a
 * silent source for its end (hardening.ts). We must be the first to say that it failed, or the owner is told that the video is
 * cut short.
 */
const LAST_TRY_AFTER_MILLIS = 45_000

/**
 * Serves one object over HTTP ranges on loopback, under a path that nobody can guess, so that ffmpeg reads just what it needs:
 * no download, no TLS, no credentials, no DNS in ffmpeg, and no byte of the source on disk. Reads that break are resumed where
 * they broke. A read that fails for good is noted in the record and cuts the connection.
 * `file` names a generation and belongs to a client that does not retry (autoRetry: false): retrying while it streams makes
 * @google-cloud/storage 8.4 throw outside of any try/catch (github.com/googleapis/google-cloud-node/issues/8670).
 */
export const serveSource = async (file: File, sizeBytes: number): Promise<Source> => {
  const path = `/${randomBytes(16).toString('hex')}`
  const record: SourceRecord = { requests: 0, bytesFetched: 0, failure: undefined }
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(404).end()
    // The outcome is decided: the work must end, not wait for the same failure again and again.
    if (record.failure !== undefined) return void response.destroy()
    record.requests += 1
    answer(file, sizeBytes, request, response, record).catch((error: unknown) => {
      record.failure ??= error
      response.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}${path}`,
    record,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const portOf = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the loopback source has no port')
  return address.port
}

const answer = async (
  file: File,
  sizeBytes: number,
  request: IncomingMessage,
  response: ServerResponse,
  record: SourceRecord,
): Promise<void> => {
  const range = parseRange(request.headers.range, sizeBytes)
  response.setHeader('accept-ranges', 'bytes')
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end()
    return
  }
  const { first, last } = range
  response.writeHead(request.headers.range === undefined ? 200 : 206, {
    'content-type': 'application/octet-stream',
    'content-length': last - first + 1,
    'content-range': `bytes ${first}-${last}/${sizeBytes}`,
  })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  await send(file, range, response, record)
}

const send = async (
  file: File,
  { first, last }: { first: number; last: number },
  response: ServerResponse,
  record: SourceRecord,
): Promise<void> => {
  const hungUp = new AbortController()
  response.once('close', () => hungUp.abort())
  let next = first
  let failures = 0
  let lastByteAt = performance.now()
  let windowBytes = FIRST_WINDOW_BYTES
  while (next <= last && !hungUp.signal.aborted) {
    const end = Math.min(last, next + windowBytes - 1)
    const stream = file.createReadStream({ start: next, end, validation: false, decompress: false })
    let isAnswered = false
    stream.once('response', () => {
      isAnswered = true
    })
    try {
      for await (const chunk of chunksOf(stream, hungUp.signal)) {
        next += chunk.length
        record.bytesFetched += chunk.length
        failures = 0
        if (!response.write(chunk)) await once(response, 'drain', { signal: hungUp.signal })
        lastByteAt = performance.now()
      }
      if (next <= end) throw new BrokenRead('the storage ended the answer early')
      windowBytes = Math.min(windowBytes * 2, LARGEST_WINDOW_BYTES)
    } catch (error) {
      if (hungUp.signal.aborted) return
      failures += 1
      const isLast = failures > RETRIES || performance.now() - lastByteAt > LAST_TRY_AFTER_MILLIS
      if (isLast || !isWorthRetrying(error)) throw error
      await backOff(FIRST_BACKOFF_MILLIS * 2 ** (failures - 1), hungUp.signal)
    } finally {
      endRead(stream, isAnswered)
    }
  }
  response.end()
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

/** Waits; no longer than somebody is there to read. */
const backOff = (millis: number, hungUp: AbortSignal): Promise<void> =>
  sleep(millis, undefined, { signal: hungUp }).catch((error: unknown) => {
    if (!hungUp.aborted) throw error
  })

class BrokenRead extends Error {
  override readonly name = 'BrokenRead'
}

const isWorthRetrying = (error: unknown): boolean => error instanceof BrokenRead || isStorageUnavailable(error)

async function* chunksOf(stream: Readable, hungUp: AbortSignal): AsyncGenerator<Buffer> {
  const iterator: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]()
  while (true) {
    const result = await withinSilence(iterator.next(), hungUp)
    if (result.done === true) return
    yield result.value
  }
}

const withinSilence = async <Value>(work: Promise<Value>, hungUp: AbortSignal): Promise<Value> => {
  const settled = new AbortController()
  const signal = AbortSignal.any([settled.signal, hungUp])
  const silence = sleep(SILENCE_MILLIS, undefined, { signal }).then(() => {
    throw new BrokenRead(`the storage sent nothing for ${SILENCE_MILLIS} ms`)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    settled.abort()
    silence.catch(() => undefined)
  }
}
