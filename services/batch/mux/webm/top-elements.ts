import type { Description } from '../description.ts'
import { PICTURE_TRACK_ID, SOUND_TRACK_ID } from '../layout.ts'
import type { PictureTable } from '../picture-table.ts'
import type { SoundTable } from '../sound-table.ts'
import type { BlockTimes } from './block-times.ts'
import { date, element, elementId, elementSize, float, text, uint } from './element.ts'
import { pictureEntry, soundEntry } from './track-entries.ts'

/** A millisecond, in nanoseconds: the unit of all times in the file. */
const TIMESTAMP_SCALE_NANOS = 1_000_000
const MAKER = 'Reelway'
const CUES = 0x1c53bb6b

export const ebmlHeader = element(
  0x1a45dfa3,
  uint(0x4286, 1),
  uint(0x42f7, 1),
  uint(0x42f2, 4),
  uint(0x42f3, 8),
  text(0x4282, 'webm'),
  // The version of Matroska that was written, and the one that a reader must know.
  uint(0x4287, 4),
  uint(0x4285, 2),
)

export const info = (
  { pictureEndMillis, soundEndMillis }: BlockTimes,
  { tags: described, creationTime }: Description,
): Buffer =>
  element(
    0x1549a966,
    uint(0x2ad7b1, TIMESTAMP_SCALE_NANOS),
    ...described.filter(([name]) => name === 'title').map(([, title]) => text(0x7ba9, title)),
    text(0x4d80, MAKER),
    text(0x5741, MAKER),
    ...(creationTime === null ? [] : [date(0x4461, creationTime)]),
    float(0x4489, Math.max(pictureEndMillis, soundEndMillis)),
  )

export const tracks = (picture: PictureTable, sound: SoundTable | null, { soundLanguage }: Description): Buffer =>
  element(0x1654ae6b, pictureEntry(picture), ...(sound === null ? [] : [soundEntry(sound, soundLanguage)]))

/** What the file says of itself, and how long each track is: nowhere else does the format say so. */
export const tags = (
  { pictureEndMillis, soundEndMillis }: BlockTimes,
  hasSound: boolean,
  { tags: described }: Description,
): Buffer =>
  element(
    0x1254c367,
    ...described.filter(([name]) => !HAS_ITS_OWN_ELEMENT.has(name)).map(descriptionTag),
    durationTag(PICTURE_TRACK_ID, pictureEndMillis),
    ...(hasSound ? [durationTag(SOUND_TRACK_ID, soundEndMillis)] : []),
  )

/** As ffmpeg has it. */
const HAS_ITS_OWN_ELEMENT: ReadonlySet<string> = new Set(['title', 'creation_time'])

/** A tag of the whole, whose name is in capitals (RFC 9559, 5.1.8). */
const descriptionTag = ([name, value]: Description['tags'][number]): Buffer =>
  element(0x7373, element(0x63c0), element(0x67c8, text(0x45a3, name.toUpperCase()), text(0x4487, value)))

const durationTag = (track: number, millis: number): Buffer => {
  const digits = (value: number, length = 2) => String(Math.floor(value)).padStart(length, '0')
  const clock = `${digits(millis / 3_600_000)}:${digits((millis / 60_000) % 60)}:${digits((millis / 1000) % 60)}`
  return element(
    0x7373,
    element(0x63c0, uint(0x63c5, track)),
    element(0x67c8, text(0x45a3, 'DURATION'), text(0x4487, `${clock}.${digits(millis % 1000, 3)}000000`)),
  )
}

/** A cue has the same size wherever it points. */
export const CUE_BYTES = 27

/** Where key frames are: their times, and the places of their clusters in the segment. */
export const cues = (points: readonly { millis: number; place: number }[]): Buffer =>
  Buffer.concat([
    elementId(CUES),
    elementSize(points.length * CUE_BYTES, 8),
    ...points.map(({ millis, place }) =>
      element(0xbb, uint(0xb3, millis, 8), element(0xb7, uint(0xf7, PICTURE_TRACK_ID), uint(0xf1, place, 8))),
    ),
  ])

/** Where the elements `heads`, which follow it in the segment, and the cues at `cuesAt` are. */
export const seekHead = (heads: readonly Buffer[], cuesAt: number): Buffer => {
  const seek = (id: Buffer, place: number) => element(0x4dbb, element(0x53ab, id), uint(0x53ac, place, 8))
  const of = (places: readonly number[]) =>
    element(
      0x114d9b74,
      ...heads.map((head, index) => seek(head.subarray(0, 4), places[index] ?? 0)),
      seek(elementId(CUES), cuesAt),
    )
  const ownBytes = of([]).length
  return of(heads.map((_, index) => heads.slice(0, index).reduce((sum, { length }) => sum + length, ownBytes)))
}
