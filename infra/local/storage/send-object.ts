import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseByteRange } from './byte-range.ts'
import type { Exchange } from './exchange.ts'
import type { FaultAction } from './faults.ts'
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
  await using file = await open(service.objects.contentPath(record))
  response.writeHead(range === 'whole' ? 200 : 206, {
    ...headers,
    'accept-ranges': 'bytes',
    ...(range !== 'whole' && { 'content-range': `bytes ${part.first}-${part.last}/${record.size}` }),
    ...(fault?.kind !== 'truncate' && { 'content-length': String(length) }),
  })
  const count = (bytes: number, requests: number): void =>
    service.faults.countServed(record.bucket, record.name, { bytes, requests })
  count(0, 1)
  if (exchange.method === 'HEAD' || length === 0) {
    response.end()
    return
  }
  const source = file.createReadStream({
    start: part.first,
    end: part.last,
    highWaterMark: READ_BYTES,
    autoClose: false,
  })
  try {
    await pipeline(
      Readable.from(
        withFault(source, fault, (bytes) => count(bytes, 0)),
        { objectMode: false },
      ),
      response,
    )
  } catch (cause) {
    // The head is out: nothing can be said any more, only the connection ended.
    response.destroy()
    if (!isGoneClient(cause)) throw cause
  }
}

/** Bytes read at once from the disk: few system calls, little memory. */
const READ_BYTES = 256 * 1024

async function* withFault(
  source: AsyncIterable<Buffer>,
  fault: FaultAction | undefined,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const at = fault !== undefined && 'afterBytes' in fault ? (fault.afterBytes ?? 0) : 0
  const breaks = fault?.kind === 'cut' || fault?.kind === 'truncate'
  let stalled = false
  let sent = 0
  for await (const chunk of source) {
    if (fault?.kind === 'stall' && !stalled && sent + chunk.length > at) {
      stalled = true
      await wait(fault.ms)
    }
    const rest = breaks ? chunk.subarray(0, Math.max(0, at - sent)) : chunk
    sent += rest.length
    count(rest.length)
    if (rest.length > 0) yield rest
    if (breaks && sent >= at) {
      if (fault.kind === 'cut') {
        // What was written before must be on its way: a destroyed socket forgets its queue.
        await wait(FLUSH_MS)
        throw new InjectedCut()
      }
      return
    }
  }
  if (fault?.kind === 'lose-answer') throw new InjectedCut()
}

const FLUSH_MS = 20

class InjectedCut extends Error {
  readonly code = 'INJECTED_CUT'
}

const isGoneClient = (cause: unknown): boolean =>
  cause instanceof Error &&
  'code' in cause &&
  ['INJECTED_CUT', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'].includes(
    String(cause.code),
  )
