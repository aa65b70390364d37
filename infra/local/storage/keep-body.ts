import { type FileHandle, open } from 'node:fs/promises'
import type { Exchange } from './exchange.ts'
import { BrokenBody, bodyChunks } from './receive-body.ts'
import { Refusal } from './refusal.ts'
import { entityTooLarge } from './refusals.ts'
import { CHUNK_QUANTUM_BYTES, type Session } from './session-store.ts'

/** Where the body belongs: from `first`, to `last` (else to its end), of `total` (else unknown or to be seen). */
export type Place = { kind: 'bytes'; first: number; last?: number; total?: number }

export type KeepOutcome =
  /** Everything is there; the upload can be finished. */
  { kind: 'complete' } | { kind: 'incomplete' } | { kind: 'refused'; status: number; text: string }

/**
 * Adds a request's body to a session's bytes. Bytes that are kept already are read and dropped. Unless the body brings
 * the end of the object, only whole multiples of 256 KiB stay, also when the connection breaks (BrokenBody is thrown on).
 *
 * Known: the answer to a gap (503, text), that non-final chunks under 256 KiB are refused and that of longer ones the
 * whole multiples stay. Assumed: that a body of another length than its range says leaves nothing behind, and that
 * x-goog-content-length-range and X-Upload-Content-Length bind a session (the service documents the first for signed
 * URLs in general); a session that breaks the first is over.
 */
export const keepBody = async (exchange: Exchange, session: Session, place: Place): Promise<KeepOutcome> => {
  const { sessions } = exchange.service
  const kept = sessions.kept(session)
  const refusal = checkPlace(exchange, session, place, kept.bytes)
  if (refusal !== undefined) return refusal

  const max = session.limits?.max ?? Number.POSITIVE_INFINITY
  const named = place.last === undefined ? undefined : place.last + 1
  if (Math.max(named ?? 0, place.total ?? 0) > max) return tooLarge(exchange, session)
  let end = place.first
  try {
    await using file = await open(sessions.partPath(session), 'r+')
    for await (const chunk of bodyChunks(exchange)) {
      const fresh = chunk.subarray(Math.min(chunk.length, Math.max(0, kept.bytes - end)))
      const at = end + chunk.length - fresh.length
      end += chunk.length
      if (end > max) return tooLarge(exchange, session)
      if (end > (named ?? place.total ?? Number.POSITIVE_INFINITY)) break
      if (kept.digest.size() === at) kept.digest.update(fresh)
      await writeWhole(file, fresh, at)
    }
  } catch (cause) {
    if (cause instanceof BrokenBody) sessions.keepOnly(session, wholeQuanta(end, kept.bytes))
    // A full disk: what did not become bytes of the session is given back, and not summed.
    else if (!(cause instanceof Refusal)) sessions.keepOnly(session, kept.bytes)
    throw cause
  }

  if ((named !== undefined && end !== named) || (place.total !== undefined && end > place.total)) {
    sessions.keepOnly(session, kept.bytes)
    return wrongLength(place, end - place.first)
  }
  const isFinal = named === undefined ? end === (place.total ?? end) : named === place.total
  if (isFinal) {
    if (session.expectedBytes !== undefined && session.expectedBytes !== end) {
      sessions.keepOnly(session, kept.bytes)
      return { kind: 'refused', status: 400, text: sizeDiffers(session.expectedBytes, end) }
    }
    if (end < kept.bytes) return { kind: 'refused', status: 400, text: endsTooEarly(end, kept.bytes) }
    kept.bytes = end
    return { kind: 'complete' }
  }
  if (named !== undefined && end - place.first < CHUNK_QUANTUM_BYTES) {
    sessions.keepOnly(session, kept.bytes)
    return tooShort(end - place.first)
  }
  sessions.keepOnly(session, wholeQuanta(end, kept.bytes))
  return { kind: 'incomplete' }
}

/** On a disk that fills up, one write takes a part and says nothing; the next one throws. */
const writeWhole = async (file: FileHandle, bytes: Buffer, at: number): Promise<void> => {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
}

const checkPlace = (exchange: Exchange, session: Session, place: Place, kept: number): KeepOutcome | undefined => {
  if (place.first > kept)
    return {
      kind: 'refused',
      status: 503,
      text: `Invalid request.  According to the Content-Range header, the upload offset is ${place.first} byte(s), which exceeds already uploaded size of ${kept} byte(s).`,
    }
  const announced = exchange.headers['content-length']
  if (announced !== undefined && place.last !== undefined && Number(announced) !== place.last - place.first + 1)
    return wrongLength(place, Number(announced))
  if (session.expectedBytes !== undefined && place.total !== undefined && place.total !== session.expectedBytes)
    return { kind: 'refused', status: 400, text: sizeDiffers(session.expectedBytes, place.total) }
  return undefined
}

const wholeQuanta = (end: number, before: number): number => Math.max(before, end - (end % CHUNK_QUANTUM_BYTES))

const tooLarge = (exchange: Exchange, session: Session): never => {
  exchange.service.sessions.end(session)
  throw entityTooLarge()
}

const wrongLength = (place: Place, bytes: number): KeepOutcome => ({
  kind: 'refused',
  status: 400,
  text: `Invalid request.  There were ${bytes} byte(s) in the request body.  There should have been ${
    (place.last ?? (place.total ?? 0) - 1) - place.first + 1
  } byte(s) (starting at offset ${place.first} and ending at offset ${place.last ?? (place.total ?? 0) - 1}) according to the Content-Range header.`,
})

const tooShort = (bytes: number): KeepOutcome => ({
  kind: 'refused',
  status: 400,
  text: `Invalid request.  The number of bytes uploaded is required to be equal or greater than ${CHUNK_QUANTUM_BYTES}, except for the final request (it's recommended to be the exact multiple of ${CHUNK_QUANTUM_BYTES}).  The received request contained ${bytes} bytes, which does not meet this requirement.`,
})

// Assumed; taking it for the end would make an object of bytes that this request did not bring.
const endsTooEarly = (end: number, kept: number): string =>
  `Invalid request.  The upload cannot end at ${end} byte(s): ${kept} byte(s) are uploaded already.`

const sizeDiffers = (expected: number, actual: number): string =>
  `Invalid request.  The upload was started for ${expected} byte(s), not for ${actual}.`
