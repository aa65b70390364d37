import type { File } from '@google-cloud/storage'
import { readObject } from '../../source/read-object.ts'
import { malformedPart } from '../malformed-part.ts'

/** One read brings the tables of half a minute of picture, and of ten minutes of sound, when they come first. */
const FIRST_READ_BYTES = 64 * 1024
/** A box's header with a size of 64 bits. */
const HEADER_BYTES = 16

/** The content of a moov box, and where the mp4 that it is of begins in its object. */
export type Moov = { content: Buffer; fileStart: number }

/**
 * The moov box of an mp4, wherever it lies: one or two reads when it comes first, one more for each large box before it. Of an
 * object that is several mp4s, one after the other, that of number `index`. Throws what readObject throws, and result_rejected
 * when there is none.
 */
export const readMoov = async (file: File, sizeBytes: number, index: number, signal: AbortSignal): Promise<Moov> => {
  const read = async (first: number, bytes: number): Promise<Buffer> => {
    const last = Math.min(sizeBytes, first + bytes) - 1
    return Buffer.concat(await Array.fromAsync(readObject(file, { first, last }, signal)))
  }
  let windowAt = 0
  let window = await read(0, FIRST_READ_BYTES)
  let at = 0
  let fileStart = 0
  let files = -1
  while (at + HEADER_BYTES <= sizeBytes) {
    if (at + HEADER_BYTES > windowAt + window.length) {
      windowAt = at
      window = await read(at, FIRST_READ_BYTES)
    }
    const { type, headerBytes, boxBytes } = readHeader(window.subarray(at - windowAt))
    if (boxBytes < headerBytes || at + boxBytes > sizeBytes) break
    if (type === 'ftyp') {
      files += 1
      fileStart = at
    }
    if (type === 'moov' && files === index) {
      const here = window.subarray(at - windowAt, at - windowAt + boxBytes)
      const rest = here.length < boxBytes ? await read(at + here.length, boxBytes - here.length) : Buffer.alloc(0)
      return { content: Buffer.concat([here, rest]).subarray(headerBytes), fileStart }
    }
    at += boxBytes
  }
  throw malformedPart('a part has no moov')
}

const readHeader = (bytes: Buffer): { type: string; headerBytes: number; boxBytes: number } => {
  const short = bytes.readUInt32BE(0)
  const type = bytes.toString('latin1', 4, 8)
  return short === 1
    ? { type, headerBytes: 16, boxBytes: Number(bytes.readBigUInt64BE(8)) }
    : { type, headerBytes: 8, boxBytes: short }
}
