import { encodeCrc32c } from './encode-crc32c.ts'
import { extendCrc32c } from './extend-crc32c.ts'

/** So much of a file is in memory at a time. */
const PIECE_BYTES = 4 * 1024 * 1024

/** The CRC-32C of a file or a part of one, in base64. Throws NotReadableError or NotFoundError when it cannot be read any more. */
export const sumBlob = async (blob: Blob): Promise<string> => {
  let crc = 0
  for (let from = 0; from < blob.size; from += PIECE_BYTES) {
    crc = extendCrc32c(crc, new Uint8Array(await blob.slice(from, from + PIECE_BYTES).arrayBuffer()))
  }
  return encodeCrc32c(crc)
}
