import { sumBlob } from '../probe/sum-blob.ts'
import type { Fingerprint } from './upload-record.ts'

const END_BYTES = 1024 * 1024

/** The fingerprint of a file. Throws NotReadableError or NotFoundError when it cannot be read. */
export const fingerprintFile = async (file: Blob): Promise<Fingerprint> => ({
  head: await sumBlob(file.slice(0, END_BYTES)),
  tail: await sumBlob(file.slice(Math.max(0, file.size - END_BYTES))),
})
