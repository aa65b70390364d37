import { type ReelwayError, reelwayError } from '../errors/reelway-error.ts'
import type { ObjectFacts } from '../storage/object-facts.ts'

/** What is wrong with an upload, against what its client had announced; undefined when nothing is. */
export const compareUpload = (
  announced: { sizeBytes: number; announcedCrc32c: string | null },
  object: ObjectFacts,
): ReelwayError | undefined => {
  if (object.sizeBytes !== announced.sizeBytes) {
    return reelwayError('upload_size_mismatch', {
      announcedBytes: announced.sizeBytes,
      uploadedBytes: object.sizeBytes,
    })
  }
  if (announced.announcedCrc32c !== null && object.crc32c !== announced.announcedCrc32c) {
    return reelwayError('upload_checksum_mismatch', { announced: announced.announcedCrc32c, uploaded: object.crc32c })
  }
  return undefined
}
