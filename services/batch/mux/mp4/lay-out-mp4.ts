import { type Description, noDescription } from '../description.ts'
import type { Layout, Step } from '../layout.ts'
import { malformedPart } from '../malformed-part.ts'
import type { PictureTable } from '../picture-table.ts'
import { codecOf } from '../sample-entry.ts'
import type { SoundTable } from '../sound-table.ts'
import { box, type Lazy, uint32, uint64 } from './box.ts'
import { type Chunk, interleaveChunks } from './interleave-chunks.ts'
import { pictureTrak } from './picture-trak.ts'
import { soundTrak } from './sound-trak.ts'
import { mvhd } from './trak.ts'
import { udta } from './udta.ts'

/** What does not fit into 32 bits. */
const LONG = 2 ** 32

/** The codecs of picture that an mp4 of ours may have, each with the brands that ffmpeg announces for it. */
const BRANDS: ReadonlyMap<string, string> = new Map([
  ['avc1', 'isomiso2avc1mp41'],
  ['hvc1', 'isomiso2mp41'],
  ['av01', 'isomav01iso2mp41'],
])
const SOUNDS: readonly string[] = ['mp4a', 'Opus']

/**
 * An mp4 whose tables come first, so that a player can begin before it has the whole file (ISO/IEC 14496-12): the boxes, and
 * their values, are those that ffmpeg 5.1 writes for the same samples, but for the order of chunks. Throws result_rejected for
 * a codec that this does not know.
 */
export const layOutMp4 = (
  picture: PictureTable,
  sound: SoundTable | null,
  description: Description = noDescription,
): Layout => {
  const ftyp = ftypFor(picture.entry)
  if (sound !== null) requireSound(sound.entry)
  const chunks = interleaveChunks(picture, sound)
  const mediaBytes = chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0)
  const mdatHeader = mediaBytes + 8 < LONG ? uint32(mediaBytes + 8) : uint32(1)
  const header = Buffer.concat([
    mdatHeader,
    Buffer.from('mdat'),
    mediaBytes + 8 < LONG ? Buffer.alloc(0) : uint64(mediaBytes + 16),
  ])

  const tables = (firstByte: number, areLong: boolean) =>
    moov(picture, sound, { chunks, firstByte, areLong }, description)
  // How large the tables are does not depend on the places in them, but on the bits that these have.
  const measure = (areLong: boolean) => ftyp.sizeBytes + tables(0, areLong).sizeBytes + header.length
  const areLong = measure(false) + mediaBytes >= LONG
  const firstByte = measure(areLong)
  const boxes = [ftyp, tables(firstByte, areLong)]
  return {
    sizeBytes: firstByte + mediaBytes,
    *steps() {
      for (const { buffers } of boxes) yield* literals(buffers())
      yield* literals([header])
      for (const { stream, sizeBytes } of chunks) yield { kind: stream, sizeBytes }
    },
  }
}

const ftypFor = (entry: Buffer | undefined): Lazy => {
  const codec = entry === undefined ? 'none' : codecOf(entry)
  const brands = BRANDS.get(codec)
  if (brands === undefined) throw malformedPart(`a picture of ${codec} does not go into an mp4`)
  return box('ftyp', Buffer.from('isom'), uint32(0x200), Buffer.from(brands))
}

const requireSound = (entry: Buffer | undefined): void => {
  const codec = entry === undefined ? 'none' : codecOf(entry)
  if (!SOUNDS.includes(codec)) throw malformedPart(`sound of ${codec} does not go into an mp4`)
}

function* literals(buffers: Iterable<Buffer>): Generator<Step> {
  for (const bytes of buffers) yield { kind: 'literal', bytes }
}

const moov = (
  picture: PictureTable,
  sound: SoundTable | null,
  places: { chunks: readonly Chunk[]; firstByte: number; areLong: boolean },
  description: Description,
): Lazy => {
  const tracks = [
    pictureTrak(picture, places, description),
    ...(sound === null ? [] : [soundTrak(sound, places, description)]),
  ]
  const durationMillis = Math.max(...tracks.map((track) => track.durationMillis))
  return box(
    'moov',
    mvhd(durationMillis, tracks.length, description),
    ...tracks.map(({ trak }) => trak),
    ...udta(description),
  )
}
