import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { encodeCrc32c, extendCrc32c } from './crc32c.ts'

/** Size in bytes and checksums (base64) of a whole object. */
export type Digest = { size: number; crc32c: string; md5Hash: string }

/** Checksums of bytes that arrive one chunk after the other. */
export type RunningDigest = {
  /** Bytes summed so far. */
  size(): number
  update(chunk: Uint8Array): void
  /** To be called once. */
  finish(): Digest
}

/** Starts a checksum of nothing. */
export const startDigest = (): RunningDigest => {
  const md5 = createHash('md5')
  let crc = 0
  let size = 0
  return {
    size: () => size,
    update(chunk) {
      md5.update(chunk)
      crc = extendCrc32c(crc, chunk)
      size += chunk.length
    },
    finish: () => ({ size, crc32c: encodeCrc32c(crc), md5Hash: md5.digest('base64') }),
  }
}

/** Sums the part of a file that `digest` has not seen yet: all from byte `digest.size()` to the end. */
export const digestRestOfFile = async (path: string, digest: RunningDigest): Promise<void> => {
  for await (const chunk of createReadStream(path, { start: digest.size(), highWaterMark: 1 << 20 }))
    digest.update(chunk as Buffer)
}
