import { boxesWithBytes, parseBoxes, writeBoxes } from './box-tree.ts'
import { ABSURD_NUMBERS, type Mutation } from './mutation.ts'

/** Where a number lies in the bytes of a box (version 0, ISO/IEC 14496-12 and QuickTime's file format), and its width. */
type Field = { box: string; at: number; bytes: 2 | 4 }

const SIZES: readonly Field[] = [
  { box: 'tkhd', at: 76, bytes: 4 },
  { box: 'tkhd', at: 80, bytes: 4 },
  // In the sample entry: width, height; of sound: channels, bits, rate.
  { box: 'stsd', at: 40, bytes: 2 },
  { box: 'stsd', at: 42, bytes: 2 },
  { box: 'stsd', at: 32, bytes: 2 },
  { box: 'stsd', at: 40, bytes: 4 },
  // Parts of the matrix that turns and stretches the picture.
  { box: 'tkhd', at: 40, bytes: 4 },
  { box: 'tkhd', at: 44, bytes: 4 },
  { box: 'tkhd', at: 56, bytes: 4 },
]

const COUNTS: readonly Field[] = [
  ...['stts', 'ctts', 'stsc', 'stco', 'stss', 'stsd', 'elst', 'dref', 'trun', 'sdtp', 'sbgp'].map(
    (box): Field => ({ box, at: 4, bytes: 4 }),
  ),
  { box: 'stsz', at: 4, bytes: 4 },
  { box: 'stsz', at: 8, bytes: 4 },
  // The size of the first sample, the samples of the first chunk, how often the first delta counts.
  { box: 'stsz', at: 12, bytes: 4 },
  { box: 'stsc', at: 8, bytes: 4 },
  { box: 'stsc', at: 12, bytes: 4 },
  { box: 'stts', at: 8, bytes: 4 },
  { box: 'ctts', at: 8, bytes: 4 },
  { box: 'stsd', at: 8, bytes: 4 },
]

const TIMES: readonly Field[] = [
  // Ticks a second and length of the whole and of a track.
  { box: 'mvhd', at: 12, bytes: 4 },
  { box: 'mvhd', at: 16, bytes: 4 },
  { box: 'mdhd', at: 12, bytes: 4 },
  { box: 'mdhd', at: 16, bytes: 4 },
  { box: 'tkhd', at: 20, bytes: 4 },
  // An edit: its length, its start in the track, its speed.
  { box: 'elst', at: 8, bytes: 4 },
  { box: 'elst', at: 12, bytes: 4 },
  { box: 'elst', at: 16, bytes: 4 },
  { box: 'stts', at: 12, bytes: 4 },
  { box: 'ctts', at: 12, bytes: 4 },
  { box: 'mehd', at: 4, bytes: 4 },
  { box: 'trex', at: 12, bytes: 4 },
  { box: 'tfdt', at: 4, bytes: 4 },
  { box: 'trun', at: 12, bytes: 4 },
]

const PLACES: readonly Field[] = [
  { box: 'stco', at: 8, bytes: 4 },
  { box: 'stco', at: 12, bytes: 4 },
  { box: 'trun', at: 8, bytes: 4 },
  { box: 'tfhd', at: 4, bytes: 4 },
  { box: 'tfhd', at: 8, bytes: 4 },
  // Who the track is, what it holds, and its codec.
  { box: 'tkhd', at: 12, bytes: 4 },
  { box: 'hdlr', at: 8, bytes: 4 },
  { box: 'stsd', at: 12, bytes: 4 },
]

const absurd =
  (fields: readonly Field[]): Mutation =>
  (whole, random) => {
    const boxes = parseBoxes(whole)
    const found = fields.flatMap((field) =>
      boxesWithBytes(boxes)
        .filter(({ type, payload }) => type === field.box && payload.length >= field.at + field.bytes)
        .map(({ payload }) => ({ ...field, payload })),
    )
    for (let left = found.length > 0 ? random.pick([1, 1, 2, 4]) : 0; left > 0; left -= 1) {
      const { payload, at, bytes } = random.pick(found)
      const number = random.pick([...ABSURD_NUMBERS, random.between(0, 0xffff_ffff)])
      if (bytes === 2) payload.writeUInt16BE(number & 0xffff, at)
      else payload.writeUInt32BE(number, at)
    }
    return writeBoxes(boxes)
  }

/** Dimensions of picture and sound: 65535x65535, nothing, 65535 channels, a matrix that stretches by thousands. */
export const absurdSizes: Mutation = absurd(SIZES)

/** How many entries a table has, and samples a chunk: none, or two thousand million. */
export const absurdCounts: Mutation = absurd(COUNTS)

/** Lengths, starts, ticks a second: huge, zero, negative. */
export const absurdTimes: Mutation = absurd(TIMES)

/** Where samples lie, who a track is, and what it holds: outside of the file, somebody else, nothing known. */
export const absurdPlaces: Mutation = absurd(PLACES)
