import { closeSync, createReadStream, openSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseByteRange } from './byte-range.ts'
import { withDownloadFault } from './download-fault.ts'
import type { Exchange } from './exchange.ts'
import type { ObjectRecord } from './object-record.ts'
import { rangeNotSatisfiable } from './refusals.ts'

/**
 * Answers with an object's content, or the part that the Range header asks for, straight from the disk. `headers` are
 * those of the API that was asked. Counts what is sent. Throws InvalidRange before anything is sent; a client that
 * goes away while it reads is no error.
 */
export const sendObject = async (
  exchange: Exchange,
  record: ObjectRecord,
  headers: Record<string, string | string[]>,
): Promise<void> => {
  const { service, response, fault } = exchange
  const range = parseByteRange(exchange.headers.range, record.size)
  if (range === 'unsatisfiable') {
    response.setHeader('content-range', `bytes */${record.size}`)
    throw rangeNotSatisfiable()
  }
  const part = range === 'whole' ? { first: 0, last: record.size - 1 } : range
  const length = part.last - part.first + 1
  response.writeHead(range === 'whole' ? 200 : 206, {
    ...asSent(headers),
    'accept-ranges': 'bytes',
    ...(range !== 'whole' && { 'content-range': `bytes ${part.first}-${part.last}/${record.size}` }),
    ...(fault?.kind !== 'truncate' && { 'content-length': String(length) }),
  })
  // Opened in the step that found it: a later overwrite takes the name away, not the bytes. After the head, which throws
  // when a name or a value of the object's description can be no header.
  const fd = openSync(service.objects.contentPath(record), 'r')
  const count = (bytes: number, requests: number): void =>
    service.faults.countServed(record.bucket, record.name, { bytes, requests })
  count(0, 1)
  if (exchange.method === 'HEAD' || length === 0) {
    closeSync(fd)
    response.end()
    return
  }
  // Node would hold the head back until the first byte, which a fault may delay. Its flushHeaders would send it as UTF-8.
  response.write(Buffer.alloc(0))
  const source = createReadStream('', { fd, start: part.first, end: part.last, highWaterMark: READ_BYTES })
  const chunks = counted(withDownloadFault(exchange, source), (bytes) => count(bytes, 0))
  try {
    await pipeline(Readable.from(chunks, { objectMode: false }), response)
  } catch (cause) {
    // The head is out: nothing can be said any more, only the connection ended.
    response.destroy()
    if (!isGoneClient(cause)) throw cause
  } finally {
    source.destroy()
  }
}

/** Node writes header values as Latin-1: this makes UTF-8 bytes of them, as the service sends. */
const asSent = (headers: Record<string, string | string[]>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? Buffer.from(value).toString('latin1') : value,
    ]),
  )

/** Bytes read at once from the disk: few system calls, little memory. */
const READ_BYTES = 256 * 1024

async function* counted(source: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    count(chunk.length)
    yield chunk
  }
}

const isGoneClient = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  ['INJECTED_CUT', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'].includes(
    String(cause.code),
  )
