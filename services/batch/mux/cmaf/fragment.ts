import { box, fullBox, uint32, uint64 } from '../mp4/box.ts'
import { CMAF_TRACK_ID } from './init-segment.ts'

/** Samples of one fragment, in the order of decoding. */
export type Fragment = {
  /** from 1 */
  sequence: number
  /** when its first sample is decoded, and how long each lasts, in ticks */
  decodeTicks: number
  stepTicks: number
  sizes: Uint32Array
  /**
   * of the picture: which are key frames, and how many frames later than decoded each is shown: by its own shift, and by the delay of all;
   * null for sound
   */
  picture: { keys: Uint8Array; shifts: Int16Array; delay: number } | null
}

// Flags of 14496-12, 8.8.7 and 8.8.8.
const DEFAULT_BASE_IS_MOOF = 0x020000
const HAS_DEFAULT_DURATION = 0x8
const HAS_DEFAULT_FLAGS = 0x20
const HAS_OFFSET = 0x1
const HAS_SIZES = 0x200
const HAS_FLAGS = 0x400
const HAS_COMPOSITIONS = 0x800

// Flags of a sample (8.8.3.1): depends on no other; depends on others and is none to begin with.
const IS_KEY = 0x02000000
const IS_NO_KEY = 0x01010000

/** The boxes before the samples of a fragment: moof, and the header of its mdat (ISO/IEC 14496-12, 8.8). */
export const fragmentHeader = (fragment: Fragment): Buffer => {
  // The place of the samples is counted from the moof, whose size does not depend on it.
  const { sizeBytes } = moof(fragment, 0)
  const header = Buffer.concat([uint32(mediaBytes(fragment) + MDAT_HEADER_BYTES), Buffer.from('mdat')])
  return Buffer.concat([...moof(fragment, sizeBytes + MDAT_HEADER_BYTES).buffers(), header])
}

/** The size of all samples of a fragment. */
export const mediaBytes = ({ sizes }: Fragment): number => sizes.reduce((sum, size) => sum + size, 0)

const MDAT_HEADER_BYTES = 8

const moof = ({ sequence, decodeTicks, stepTicks, sizes, picture }: Fragment, offset: number) =>
  box(
    'moof',
    fullBox('mfhd', 0, 0, uint32(sequence)),
    box(
      'traf',
      fullBox(
        'tfhd',
        0,
        DEFAULT_BASE_IS_MOOF + HAS_DEFAULT_DURATION + HAS_DEFAULT_FLAGS,
        uint32(CMAF_TRACK_ID, stepTicks, IS_KEY),
      ),
      fullBox('tfdt', 1, 0, uint64(decodeTicks)),
      fullBox(
        'trun',
        1,
        HAS_OFFSET + HAS_SIZES + (picture === null ? 0 : HAS_FLAGS + HAS_COMPOSITIONS),
        uint32(sizes.length, offset),
        samples(sizes, picture, stepTicks),
      ),
    ),
  )

const samples = (sizes: Uint32Array, picture: Fragment['picture'], stepTicks: number): Buffer => {
  if (picture === null) return uint32(...sizes)
  const bytes = Buffer.alloc(sizes.length * 12)
  for (const [index, size] of sizes.entries()) {
    bytes.writeUInt32BE(size, index * 12)
    bytes.writeUInt32BE(picture.keys[index] === 1 ? IS_KEY : IS_NO_KEY, index * 12 + 4)
    bytes.writeInt32BE(((picture.shifts[index] ?? 0) + picture.delay) * stepTicks, index * 12 + 8)
  }
  return bytes
}
