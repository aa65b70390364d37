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

const ftyp = box('ftyp', Buffer.from('isom'), uint32(0x200), Buffer.from('isomiso2avc1mp41'))

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
  requireCodec(picture.entry, 'avc1')
  if (sound !== null) requireCodec(sound.entry, 'mp4a')
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

const requireCodec = (entry: Buffer | undefined, codec: string): void => {
  const found = entry === undefined ? 'none' : codecOf(entry)
  if (found !== codec) throw malformedPart(`an mp4 is made of ${codec}, and a part has ${found}`)
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
