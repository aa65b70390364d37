import { malformedPart } from './malformed-part.ts'
import { boxesIn, findBox, requireBox } from './mp4/find-box.ts'
import { readChunkTable } from './mp4/read-chunk-table.ts'

/** The sample tables of one track of an mp4, a sample being a frame of the picture or a packet of the sound. */
export type Track = {
  /** ticks a second */
  timescale: number
  /** the sample entry: the codec, and all that a decoder must know; with its header */
  entry: Buffer
  /** where presentation begins, in ticks: how much later than they are decoded frames are shown, or the sound's priming */
  mediaTime: number
  sizes: Uint32Array
  /** pairs: so many samples, each of so many ticks */
  durations: Uint32Array
  /** ticks from decoding to presentation; null: none for any sample */
  compositions: Int32Array | null
  /** 1 for each sample at which decoding can begin; null: every sample */
  keys: Uint8Array | null
  /** where chunks of consecutive samples lie in the file, and how many samples each has */
  chunks: { offsets: Float64Array; samples: Uint32Array }
}

/**
 * Reads the tables of the first track of a kind (vide: picture, soun: sound) out of the content of a moov box as ffmpeg
 * writes it (ISO/IEC 14496-12, 8.6 to 8.7). Typed arrays: 20 bytes for a frame and 8 for a packet while it is read.
 * Throws result_rejected when a table is missing or does not fit the others.
 */
export const readTrack = (moov: Buffer, kind: 'vide' | 'soun'): Track => {
  const trak = boxesIn(moov)
    .filter(({ type }) => type === 'trak')
    .map(({ payload }) => payload)
    .find((payload) => requireBox(payload, 12, 'mdia', 'hdlr').toString('latin1', 8, 12) === kind)
  if (trak === undefined) throw malformedPart(`a part has no track ${kind}`)
  const stbl = requireBox(trak, 0, 'mdia', 'minf', 'stbl')
  const stsz = requireBox(stbl, 12, 'stsz')
  // Before anything is made for so many samples as it says.
  const durations = readDurations(requireBox(stbl, 8, 'stts'), stsz.readUInt32BE(8))
  const sizes = readSizes(stsz)
  return {
    timescale: readTimescale(requireBox(trak, 24, 'mdia', 'mdhd')),
    entry: readEntry(requireBox(stbl, 16, 'stsd')),
    mediaTime: readMediaTime(findBox(trak, 'edts', 'elst')),
    sizes,
    durations,
    compositions: readCompositions(findBox(stbl, 'ctts'), sizes.length),
    keys: readKeys(findBox(stbl, 'stss'), sizes.length),
    chunks: readChunkTable(stbl, sizes.length),
  }
}

const readTimescale = (mdhd: Buffer): number => mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12)

const readEntry = (stsd: Buffer): Buffer => {
  const sizeBytes = stsd.readUInt32BE(8)
  if (stsd.readUInt32BE(4) !== 1 || sizeBytes !== stsd.length - 8)
    throw malformedPart('a part has not one sample entry')
  // A copy: the tables that it lies in are to be forgotten.
  return Buffer.from(stsd.subarray(8))
}

/** One edit that begins somewhere in the track; ffmpeg writes none other when decoding begins at 0. */
const readMediaTime = (elst: Buffer | undefined): number => {
  if (elst === undefined) return 0
  const isLong = elst[0] === 1
  if (elst.length !== (isLong ? 28 : 20)) throw malformedPart('a part has not one edit')
  const mediaTime = isLong ? Number(elst.readBigInt64BE(16)) : elst.readInt32BE(12)
  if (mediaTime < 0) throw malformedPart('a part begins with an empty edit')
  return mediaTime
}

const readSizes = (stsz: Buffer): Uint32Array => {
  const same = stsz.readUInt32BE(4)
  const count = stsz.readUInt32BE(8)
  if (same !== 0) return new Uint32Array(count).fill(same)
  if (stsz.length !== 12 + count * 4) throw malformedPart('the sizes of a part are cut short')
  return Uint32Array.from({ length: count }, (_, index) => stsz.readUInt32BE(12 + index * 4))
}

const readDurations = (stts: Buffer, samples: number): Uint32Array => {
  const runs = readRuns(stts, samples, 'durations')
  return Uint32Array.from({ length: runs * 2 }, (_, index) => stts.readUInt32BE(8 + index * 4))
}

const readCompositions = (ctts: Buffer | undefined, samples: number): Int32Array | null => {
  if (ctts === undefined) return null
  const runs = readRuns(ctts, samples, 'composition offsets')
  const compositions = new Int32Array(samples)
  let at = 0
  for (let run = 0; run < runs; run += 1) {
    const count = ctts.readUInt32BE(8 + run * 8)
    compositions.fill(ctts.readInt32BE(12 + run * 8), at, at + count)
    at += count
  }
  return compositions
}

/** How many runs a table of runs has. Throws unless together they have as many samples as the track. */
const readRuns = (table: Buffer, samples: number, what: string): number => {
  const runs = table.length < 8 ? 0 : table.readUInt32BE(4)
  if (table.length !== 8 + runs * 8) throw malformedPart(`the ${what} of a part are cut short`)
  let counted = 0
  for (let run = 0; run < runs; run += 1) counted += table.readUInt32BE(8 + run * 8)
  if (counted !== samples) throw malformedPart(`a part has ${what} for ${counted} of ${samples} samples`)
  return runs
}

const readKeys = (stss: Buffer | undefined, samples: number): Uint8Array | null => {
  if (stss === undefined) return null
  if (stss.length < 8 || stss.length !== 8 + stss.readUInt32BE(4) * 4)
    throw malformedPart('the key frames are cut short')
  const keys = new Uint8Array(samples)
  for (let at = 8; at < stss.length; at += 4) keys[stss.readUInt32BE(at) - 1] = 1
  return keys
}
