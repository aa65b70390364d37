import type { Description } from '../description.ts'
import { box, fullBox, type Lazy, uint16, uint32 } from './box.ts'

/** Durations in a movie are in milliseconds, as ffmpeg has it. */
export const MOVIE_TICKS_PER_SECOND = 1000

/** No rotation, no scaling (ISO/IEC 14496-12, 8.2.2). */
const UNITY = uint32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

type TrackShape = {
  id: number
  kind: 'vide' | 'soun'
  /** how long the track is shown or heard, as it and as its edit list say; null: it has no edit list */
  durationMillis: number
  editMillis: number | null
  /** where in the track, in ticks, presentation begins */
  mediaTime: number
  timescale: number
  durationTicks: number
  /** null for sound */
  size: { width: number; height: number } | null
  creationTime: Date | null
  /** ISO 639-2, three small letters; null: not determined */
  language: string | null
  tables: Lazy
}

/** The header of a movie of some tracks. */
export const mvhd = (durationMillis: number, tracks: number, { creationTime }: Description): Lazy =>
  fullBox(
    'mvhd',
    0,
    0,
    createdAndModified(creationTime),
    uint32(MOVIE_TICKS_PER_SECOND, durationMillis, 0x10000),
    uint16(0x100, 0, 0, 0, 0, 0),
    UNITY,
    uint32(0, 0, 0, 0, 0, 0, tracks + 1),
  )

/** Times count from 1904 (ISO/IEC 14496-12, 8.2.2). */
const YEAR_1904_MILLIS = Date.UTC(1904, 0, 1)

const createdAndModified = (time: Date | null): Buffer => {
  const seconds = time === null ? 0 : Math.floor((time.getTime() - YEAR_1904_MILLIS) / 1000)
  return uint32(seconds, seconds)
}

/** One track, as ffmpeg writes it. */
export const trak = (shape: TrackShape): Lazy =>
  box(
    'trak',
    tkhd(shape),
    ...(shape.editMillis === null
      ? []
      : [box('edts', fullBox('elst', 0, 0, uint32(1, shape.editMillis, shape.mediaTime, 0x10000)))]),
    box(
      'mdia',
      fullBox(
        'mdhd',
        0,
        0,
        createdAndModified(shape.creationTime),
        uint32(shape.timescale, shape.durationTicks),
        uint16(languageCode(shape.language ?? 'und'), 0),
      ),
      hdlr(shape.kind),
      box(
        'minf',
        shape.kind === 'vide' ? fullBox('vmhd', 0, 1, uint32(0, 0)) : fullBox('smhd', 0, 0, uint32(0)),
        // One data reference: this file.
        box('dinf', fullBox('dref', 0, 0, uint32(1), fullBox('url ', 0, 1))),
        shape.tables,
      ),
    ),
  )

/** Three letters of five bits each (8.4.2). */
const languageCode = (language: string): number =>
  [...Buffer.from(language, 'latin1')].reduce((code, letter) => code * 32 + (letter - 0x60), 0)

const IS_ENABLED_AND_IN_MOVIE = 3

const tkhd = ({ id, durationMillis, kind, size, creationTime }: TrackShape): Lazy =>
  fullBox(
    'tkhd',
    0,
    IS_ENABLED_AND_IN_MOVIE,
    createdAndModified(creationTime),
    uint32(id, 0, durationMillis, 0, 0),
    // Layer, alternate group, volume.
    kind === 'soun' ? uint16(0, 1, 0x100, 0) : uint16(0, 0, 0, 0),
    UNITY,
    uint32((size?.width ?? 0) * 0x10000, (size?.height ?? 0) * 0x10000),
  )

const hdlr = (kind: 'vide' | 'soun'): Lazy =>
  fullBox(
    'hdlr',
    0,
    0,
    uint32(0),
    Buffer.from(kind, 'latin1'),
    uint32(0, 0, 0),
    Buffer.from(kind === 'vide' ? 'VideoHandler\0' : 'SoundHandler\0', 'latin1'),
  )
