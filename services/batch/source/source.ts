import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { File } from '@google-cloud/storage'
import { type ByteRange, parseRange } from './parse-range.ts'
import { readObject } from './read-object.ts'

/** What was read of a source, and whether reading it ever failed for good. ffmpeg cannot tell a broken source from its end. */
type SourceRecord = { requests: number; bytesFetched: number; failure: unknown }

export type Source = AsyncDisposable & {
  /** http://127.0.0.1:PORT/RANDOM, for ffmpeg and ffprobe */
  url: string
  record: Readonly<SourceRecord>
}

/**
 * The storage is asked for so much at first, and for twice as much each time the reader comes for more. ffmpeg never says how
 * much it wants, reads a little here and there, and hangs up: whatever is on the way then was fetched for nothing, and the
 * buffers of the sockets alone hold tens of megabytes.
 */
const WINDOWS = { firstBytes: 512 * 1024, largestBytes: 16 * 1024 * 1024 }

/**
 * Serves one object over HTTP ranges on loopback, under a path that nobody can guess, so that ffmpeg reads just what it needs:
 * no download, no TLS, no credentials, no DNS in ffmpeg, and no byte of the source on disk. Reads that break are resumed where
 * they broke. A read that fails for good is noted in the record and cuts the connection. `file` is as readObject wants it.
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

const send = async (file: File, range: ByteRange, response: ServerResponse, record: SourceRecord): Promise<void> => {
  const hungUp = new AbortController()
  response.once('close', () => hungUp.abort())
  try {
    for await (const chunk of readObject(file, range, hungUp.signal, WINDOWS)) {
      record.bytesFetched += chunk.length
      if (!response.write(chunk)) await once(response, 'drain', { signal: hungUp.signal })
    }
  } catch (error) {
    if (!hungUp.signal.aborted) throw error
  }
  response.end()
}
