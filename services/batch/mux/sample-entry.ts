import { SOUND_TRACK_ID } from './layout.ts'
import { malformedPart } from './malformed-part.ts'
import { boxesIn, findBox } from './mp4/find-box.ts'

/** Bits a second that an entry announces; a decoder does not need them, and each part has its own. */
export type Rates = { largest: number; average: number }

/** The four letters of the codec of a sample entry, for example avc1, hvc1, vp09, av01, mp4a, Opus. */
export const codecOf = (entry: Buffer): string => entry.toString('latin1', 4, 8)

/** The boxes of a sample entry, which come after fields of a fixed size (ISO/IEC 14496-12, 12.1.3 and 12.2.3). */
export const boxesOfEntry = (entry: Buffer): Buffer => entry.subarray(isPicture(entry) ? 86 : 36)

const isPicture = (entry: Buffer): boolean => ['avc1', 'hvc1', 'vp09', 'av01'].includes(codecOf(entry))

/** The size of the picture in a sample entry, in pixels. */
export const sizeOfEntry = (entry: Buffer): { width: number; height: number } => ({
  width: entry.readUInt16BE(32),
  height: entry.readUInt16BE(34),
})

/**
 * Makes sure that a decoder that was set up for `first` can decode what has the entry `other`: they are the same, byte for
 * byte, but for the bit rates and the number of the track. Throws result_rejected otherwise.
 */
export const requireSameEntry = (first: Buffer, other: Buffer): void => {
  const none = { largest: 0, average: 0 }
  if (first !== other && !withRates(first, none).equals(withRates(other, none))) {
    throw malformedPart(`the parts have two configurations of their codec ${codecOf(first)}`)
  }
}

/** The least of the largest rates that entries announce: an encoder's own limit is in all of them. */
export const largestRateOf = (entry: Buffer): number => {
  const at = ratesIn(entry)[0]
  return at === undefined ? 0 : entry.readUInt32BE(at)
}

/** A copy of a sample entry for the track of a result, that announces other bit rates where it announces any. */
export const withRates = (entry: Buffer, { largest, average }: Rates): Buffer => {
  const copy = Buffer.from(entry)
  for (const at of ratesIn(entry)) {
    copy.writeUInt32BE(largest, at)
    copy.writeUInt32BE(average, at + 4)
  }
  const esds = findBox(boxesOfEntry(copy), 'esds')
  if (esds !== undefined) esds.writeUInt16BE(SOUND_TRACK_ID, skipDescriptorHeader(esds, 4, ES_DESCRIPTOR))
  return copy
}

/** Where the pairs of largest and average rate lie: in btrt (14496-12, 8.5.2) and in AAC's esds (14496-1, 7.2.6). */
const ratesIn = (entry: Buffer): number[] => {
  const found: number[] = []
  for (const { type, payload } of boxesIn(boxesOfEntry(entry))) {
    const start = payload.byteOffset - entry.byteOffset
    if (type === 'btrt' && payload.length === 12) found.push(start + 4)
    if (type === 'esds') found.push(start + ratesInEsds(payload))
  }
  return found
}

const ES_DESCRIPTOR = 3
const DECODER_CONFIG_DESCRIPTOR = 4

/** The descriptor of the stream holds that of the decoder: type, kind, 3 bytes of buffer size, then the rates. */
const ratesInEsds = (esds: Buffer): number => {
  const stream = skipDescriptorHeader(esds, 4, ES_DESCRIPTOR)
  const decoder = skipDescriptorHeader(esds, stream + 3, DECODER_CONFIG_DESCRIPTOR)
  if (decoder + 13 > esds.length) throw malformedPart('the esds of a part is cut short')
  return decoder + 5
}

const skipDescriptorHeader = (esds: Buffer, at: number, tag: number): number => {
  if (esds[at] !== tag) throw malformedPart('the esds of a part is of another kind')
  let next = at + 1
  // Seven bits of the size in each byte; the last has its high bit clear.
  while ((esds[next] ?? 0) & 0x80) next += 1
  return next + 1
}

/** What a dOps box says of an Opus stream (Opus in ISOBMFF, 4.3.2). Throws result_rejected when it is not simple stereo or mono. */
export const readOpusConfig = (entry: Buffer): { channels: number; preSkip: number; inputHz: number; gain: number } => {
  const config = findBox(boxesOfEntry(entry), 'dOps')
  if (config === undefined || config.length !== 11 || config[10] !== 0) throw malformedPart('a part has no simple dOps')
  return {
    channels: config.readUInt8(1),
    preSkip: config.readUInt16BE(2),
    inputHz: config.readUInt32BE(4),
    gain: config.readInt16BE(8),
  }
}

/** The codec of a sample entry as playlists name it (RFC 6381): of H.264 its profile, constraints and level; AAC is of low complexity. */
export const codecParameter = (entry: Buffer): string => {
  const codec = codecOf(entry)
  if (codec === 'mp4a') return 'mp4a.40.2'
  const config = findBox(boxesOfEntry(entry), 'avcC')
  if (codec !== 'avc1' || config === undefined || config.length < 4)
    throw malformedPart(`a part is of the codec ${codec}`)
  return `avc1.${config.toString('hex', 1, 4)}`
}
