import type { Rational } from '../../ffmpeg/encode-plan.ts'
import type { Description } from '../description.ts'
import { PICTURE_TRACK_ID } from '../layout.ts'
import { malformedPart } from '../malformed-part.ts'
import type { PictureTable } from '../picture-table.ts'
import { sizeOfEntry, withRates } from '../sample-entry.ts'
import { sumSizes } from '../sum-sizes.ts'
import { box, fullBox, type Lazy, uint32 } from './box.ts'
import { chunkOffsets, ctts, type Places, stsc, stss, stsz, stts } from './sample-tables.ts'
import { MOVIE_TICKS_PER_SECOND, trak } from './trak.ts'

/** The track of the picture, which is the first, and how long it is shown. */
export const pictureTrak = (
  picture: PictureTable,
  where: Omit<Places, 'stream'>,
  { creationTime }: Description,
): { trak: Lazy; durationMillis: number } => {
  const { entry, frames, frameRate, keys, sizes, delay } = picture
  if (entry === undefined) throw malformedPart('there is no picture')
  const timescale = timescaleOf(frameRate)
  const stepTicks = (timescale * frameRate.den) / frameRate.num
  const durationTicks = frames * stepTicks
  const durationMillis = Math.ceil((durationTicks * MOVIE_TICKS_PER_SECOND) / timescale)
  const average = Math.floor((sumSizes(sizes, 0, frames) * 8 * timescale) / durationTicks)
  const places = { ...where, stream: 'picture' } as const
  const tables = box(
    'stbl',
    fullBox('stsd', 0, 0, uint32(1), withRates(entry, { largest: average, average })),
    stts(frames, stepTicks, stepTicks),
    ...(keys.includes(0) ? [stss(keys)] : []),
    ...(delay > 0 ? [ctts(picture, stepTicks)] : []),
    stsc(places),
    stsz(sizes),
    chunkOffsets(places),
  )
  return {
    durationMillis,
    trak: trak({
      id: PICTURE_TRACK_ID,
      kind: 'vide',
      durationMillis,
      editMillis: durationMillis,
      // The first frame is shown at 0, although it can be decoded earlier.
      mediaTime: delay * stepTicks,
      timescale,
      durationTicks,
      size: sizeOfEntry(entry),
      creationTime,
      language: null,
      tables,
    }),
  }
}

/** As ffmpeg is told for a run of the whole (ffmpeg/args.ts): a whole number of ticks for every frame, at least 1000 a second. */
const timescaleOf = ({ num }: Rational): number => (num >= 1000 ? num : num * 1000)
