import { ABSURD_NUMBERS, type Mutation } from './mutation.ts'
import type { Random } from './seeded-random.ts'

/** Changes numbers of an avi: the main header, the headers and formats of the streams, and its index. */
export const absurdChunks: Mutation = (whole, random) => {
  const bytes = Buffer.from(whole)
  for (let left = random.pick([1, 1, 3]); left > 0; left -= 1) {
    const start = random.pick(placesOf(bytes, random.pick(['avih', 'strh', 'strf', 'idx1', 'RIFF', 'LIST'])))
    // Behind the name: the size of the chunk first, then fields of 32 bits.
    writeAbsurd(bytes, start + 4 + 4 * random.between(0, 14), random)
  }
  return bytes
}

/** Changes numbers in the headers of an flv's tags: type, size, time. */
export const absurdFlvTags: Mutation = (whole, random) => {
  const bytes = Buffer.from(whole)
  const starts = flvTags(whole)
  for (let left = random.pick([1, 3, 20]); left > 0; left -= 1) {
    bytes[random.pick(starts) + random.between(0, 12)] = random.pick([0, 1, 0x7f, 0x80, 0xff, 8, 9, 18])
  }
  return bytes
}

/** Changes numbers of 32 bits in the first 700 bytes, wherever they are. */
export const absurdHeader: Mutation = (whole, random) => {
  const bytes = Buffer.from(whole)
  for (let left = random.pick([1, 2, 5]); left > 0; left -= 1) {
    writeAbsurd(bytes, random.between(0, 700), random)
  }
  return bytes
}

const writeAbsurd = (bytes: Buffer, at: number, random: Random) => {
  const number = random.pick([...ABSURD_NUMBERS, random.between(0, 0xffff_ffff)])
  if (at + 4 <= bytes.length) bytes.writeUInt32LE(number, at)
}

const placesOf = (bytes: Buffer, name: string): number[] => {
  const places: number[] = []
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + 1)) places.push(at)
  return places
}

// A header of 9 bytes; then each tag: the size of the last one in 4 bytes, type, size in 3, time in 4, stream in 3, data.
const FLV_HEADER_BYTES = 13
const FLV_TAG_HEADER_BYTES = 11

const flvTags = (whole: Buffer): number[] => {
  const starts: number[] = []
  for (let at = FLV_HEADER_BYTES; at + FLV_TAG_HEADER_BYTES <= whole.length; ) {
    starts.push(at)
    at += FLV_TAG_HEADER_BYTES + whole.readUIntBE(at + 1, 3) + 4
  }
  return starts
}
