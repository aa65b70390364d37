import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bucket } from '@google-cloud/storage'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import { factsOf, type ObjectFacts } from '@reelway/shared/storage/object-facts.ts'
import { isPreconditionFailed, isStorageUnavailable } from '@reelway/shared/storage/storage-errors.ts'

const ATTEMPTS = 4
const FIRST_BACKOFF_MILLIS = 500
/** From here on a broken upload is worth resuming instead of sending it again. */
const RESUMABLE_FROM_BYTES = 16 * 1024 * 1024

/**
 * Stores a finished result under a name that is used once. Throws result_not_stored (transient) when the storage does not take
 * it, and the reason of `signal` when that is aborted.
 */
export const storeResult = async (
  outputs: Bucket,
  result: { path: string; sizeBytes: number; objectName: string; contentType: string },
  signal: AbortSignal,
): Promise<ObjectFacts> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const facts = await upload(outputs, result, signal)
      if (facts.sizeBytes !== result.sizeBytes) {
        throw new Error(`stored ${facts.sizeBytes} of ${result.sizeBytes} bytes`)
      }
      return facts
    } catch (cause) {
      signal.throwIfAborted()
      if (attempt === ATTEMPTS || !isStorageUnavailable(cause)) {
        throw reelwayError('result_not_stored', { attempts: attempt }, { cause })
      }
      await sleep(FIRST_BACKOFF_MILLIS * 2 ** (attempt - 1), undefined, { signal })
    }
  }
}

const upload = async (
  outputs: Bucket,
  {
    path,
    sizeBytes,
    objectName,
    contentType,
  }: { path: string; sizeBytes: number; objectName: string; contentType: string },
  signal: AbortSignal,
): Promise<ObjectFacts> => {
  const file = outputs.file(objectName)
  try {
    const target = file.createWriteStream({
      resumable: sizeBytes >= RESUMABLE_FROM_BYTES,
      preconditionOpts: { ifGenerationMatch: 0 },
      validation: 'crc32c',
      metadata: { contentType, cacheControl: 'private, max-age=86400' },
    })
    await pipeline(createReadStream(path), target, { signal })
    return factsOf(file.metadata)
  } catch (error) {
    if (!isPreconditionFailed(error)) throw error
    // The name belongs to this lease alone: an earlier try arrived, and only its answer was lost.
    const [metadata] = await file.getMetadata()
    return factsOf(metadata)
  }
}
