import { open } from 'node:fs/promises'
import { type Digest, startDigest } from './digest.ts'
import type { Exchange } from './exchange.ts'
import { pause } from './pause.ts'
import { entityTooLarge } from './refusals.ts'

/** The client's connection broke before its body was whole: there is nobody to answer. */
export class BrokenBody extends Error {
  constructor(cause: unknown) {
    super('The connection broke before the body was whole', { cause })
    this.name = 'BrokenBody'
  }
}

/** The chunks of a request's body as they arrive, with the faults for uploads. Throws BrokenBody. */
export async function* bodyChunks(exchange: Exchange): AsyncGenerator<Buffer> {
  const { request, fault } = exchange
  let received = 0
  try {
    if (fault?.kind === 'stall' && fault.afterBytes === undefined) await pause(exchange, fault.ms)
    // Not destroyed when the reader stops early: a refusal must still be answered on this connection.
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      const chunk = piece as Buffer
      const before = received
      received += chunk.length
      if (fault?.kind === 'cut' && received >= fault.afterBytes) {
        yield chunk.subarray(0, fault.afterBytes - before)
        request.socket.destroy()
        throw new BrokenBody(new Error('Fault: cut'))
      }
      const stallAt = fault?.kind === 'stall' ? fault.afterBytes : undefined
      if (fault?.kind === 'stall' && stallAt !== undefined && before <= stallAt && stallAt < received)
        await pause(exchange, fault.ms)
      yield chunk
    }
  } catch (cause) {
    throw cause instanceof BrokenBody ? cause : new BrokenBody(cause)
  }
}

/**
 * Streams chunks into a new file and sums them. Throws EntityTooLarge as soon as there are more than `maxBytes`.
 * On any error the file stays for the caller, or the next start, to remove.
 */
export const receiveIntoFile = async (
  chunks: AsyncIterable<Buffer>,
  path: string,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Digest> => {
  await using file = await open(path, 'wx')
  const digest = startDigest()
  for await (const chunk of chunks) {
    if (digest.size() + chunk.length > maxBytes) throw entityTooLarge()
    digest.update(chunk)
    // Not write: on a disk that fills up, it takes a part and says nothing.
    await file.appendFile(chunk)
  }
  return digest.finish()
}

/** The whole body of a request that is known to be small (metadata, a patch). Throws EntityTooLarge over 1 MiB. */
export const smallBody = async (exchange: Exchange): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bodyChunks(exchange)) {
    size += chunk.length
    if (size > SMALL_BODY_BYTES) throw entityTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const SMALL_BODY_BYTES = 1 << 20
