import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bucket } from '@google-cloud/storage'
import { ReelwayError, reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { answered } from '@reelway/shared/storage/answered.ts'
import { factsOf, type ObjectFacts } from '@reelway/shared/storage/object-facts.ts'
import { isPreconditionFailed, isStorageUnavailable } from '@reelway/shared/storage/storage-errors.ts'

const ATTEMPTS = 4
const FIRST_BACKOFF_MILLIS = 500
/** From here on a broken upload is worth resuming instead of sending it again. */
const RESUMABLE_FROM_BYTES = 16 * 1024 * 1024
/**
 * What the client keeps in memory of a resumable upload: it can only go on with what it still has. Each chunk waits for its answer,
 * so that a large result, which is streamed and has the memory of an encode to itself, goes in larger ones.
 */
const chunkBytes = (sizeBytes: number): number => (sizeBytes < 2_000_000_000 ? 8 : 32) * 1024 * 1024
/** So long an upload that nobody wants any more may still arrive: sent bytes cannot be called back, but deleted. */
const ABANDONED_UPLOAD_MILLIS = 2_000

/**
 * An upload that takes no byte, and gives no answer after the last one, for so long is given up and made anew: the client sets
 * no time limit of its own on a connection that was cut off without a word.
 */
const SILENCE_MILLIS = 15_000

type Target = { sizeBytes: number; objectName: string; contentType: string }

/**
 * Stores a finished result, a file, under a name that is used once. Throws result_not_stored (transient) when the storage does
 * not take it, and the reason of `signal` when that is aborted: unless the upload arrives all the same within moments, nothing
 * is stored then. Whether what arrived may still be used is for the lease to say.
 */
export const storeResult = (
  outputs: Bucket,
  { path, ...target }: Target & { path: string },
  signal: AbortSignal,
): Promise<ObjectFacts> => storeStream(outputs, { ...target, stream: () => createReadStream(path) }, signal)

/**
 * As storeResult, for a result that is made while it is stored: `stream` begins it, anew for every try. An error of the stream
 * ends the upload before it is an object; one of the catalogue is thrown as it is, and nothing is tried again. So is
 * result_rejected (transient), when the stream has another size than announced.
 */
export const storeStream = async (
  outputs: Bucket,
  result: Target & { stream: () => AsyncIterable<Buffer> },
  signal: AbortSignal,
): Promise<ObjectFacts> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      signal.throwIfAborted()
      const facts = await upload(outputs, result, signal)
      if (facts.sizeBytes !== result.sizeBytes) {
        throw new Error(`stored ${facts.sizeBytes} of ${result.sizeBytes} bytes`)
      }
      return facts
    } catch (cause) {
      if (signal.aborted) await forget(outputs, result.objectName)
      signal.throwIfAborted()
      // What was made is wrong, and would be again.
      if (cause instanceof ReelwayError) throw cause
      if (attempt === ATTEMPTS || isRefusal(cause)) {
        throw reelwayError('result_not_stored', { attempts: attempt }, { cause })
      }
      await pause(FIRST_BACKOFF_MILLIS * 2 ** (attempt - 1), signal)
    }
  }
}

/** Waits; no longer than until the abort, which the next try notices. */
const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  sleep(millis, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })

/** Removes what an earlier try may have stored without our knowing. If that fails, it is removed with its task. */
const forget = async (outputs: Bucket, objectName: string): Promise<void> => {
  await answered(outputs.file(objectName).delete({ ignoreNotFound: true })).catch(() => undefined)
}

/** An answer that the same request would get again. A broken resumable upload has no status at all, and many names. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^4\d\d$/.test(String(error.code)) && !isStorageUnavailable(error)

const upload = async (
  outputs: Bucket,
  { sizeBytes, objectName, contentType, stream }: Target & { stream: () => AsyncIterable<Buffer> },
  signal: AbortSignal,
): Promise<ObjectFacts> => {
  const file = outputs.file(objectName)
  const abandoned = new AbortController()
  let silence: NodeJS.Timeout | undefined
  const expectTheStorage = () => {
    silence = setTimeout(() => abandoned.abort(new Error('the storage took nothing')), SILENCE_MILLIS)
  }
  let patience: NodeJS.Timeout | undefined
  const beginToGiveUp = () => {
    patience = setTimeout(() => abandoned.abort(signal.reason), ABANDONED_UPLOAD_MILLIS)
  }
  signal.addEventListener('abort', beginToGiveUp, { once: true })
  try {
    const target = file.createWriteStream({
      ...(sizeBytes >= RESUMABLE_FROM_BYTES
        ? { resumable: true, chunkSize: chunkBytes(sizeBytes) }
        : { resumable: false }),
      preconditionOpts: { ifGenerationMatch: 0 },
      validation: 'crc32c',
      metadata: { contentType, cacheControl: 'private, max-age=86400' },
    })
    // While the next bytes are still being made, the storage has nothing to take.
    const noticed = async function* (chunks: AsyncIterable<Buffer>) {
      let madeBytes = 0
      for await (const chunk of chunks) {
        madeBytes += chunk.length
        expectTheStorage()
        yield chunk
        clearTimeout(silence)
      }
      if (madeBytes !== sizeBytes) {
        const cause = new Error(`made ${madeBytes} of ${sizeBytes} bytes`)
        throw reelwayError('result_rejected', { attempts: 1 }, { cause })
      }
      expectTheStorage()
    }
    await pipeline(stream(), noticed, target, { signal: abandoned.signal })
    return factsOf(file.metadata)
  } catch (error) {
    if (!isPreconditionFailed(error)) throw error
    // The name belongs to this lease alone: an earlier try arrived, and only its answer was lost.
    const [metadata] = await answered(file.getMetadata())
    return factsOf(metadata)
  } finally {
    clearTimeout(silence)
    clearTimeout(patience)
    signal.removeEventListener('abort', beginToGiveUp)
  }
}
