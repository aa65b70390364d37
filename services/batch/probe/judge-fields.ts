import type { FieldCounts } from '../ffmpeg/read-field-counts.ts'
import { perSecond } from './frame-rate.ts'
import type { VideoFacts } from './source-facts.ts'

// Made for the web, after interlacing.
const NEVER_INTERLACED: ReadonlySet<string> = new Set(['vp8', 'vp9', 'av1', 'gif', 'png', 'qtrle', 'rawvideo'])
const STANDARD_LINES: ReadonlySet<number> = new Set([480, 486, 576])
const HIGH_LINES: ReadonlySet<number> = new Set([1080, 1088])
// Where 1080 lines often are fields: broadcasts, camcorders, and what editors work with.
const OF_CAMERAS: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'avi', 'mxf', 'asf'])
const OF_EDITORS: ReadonlySet<string> = new Set(['mpeg2video', 'prores', 'dnxhd', 'dvvideo', 'mjpeg'])
// What somebody may have made of these without saying it. Nobody encodes fields in HEVC.
const OF_ALL: ReadonlySet<string> = new Set(['h264', 'mpeg4'])

/**
 * Whether it is worth to look for fields: the picture has the lines and the rate of a system that has them, and does not say that
 * it is interlaced; or it does, and has the rate of telecined film.
 */
export const mayHaveFields = (container: string, video: VideoFacts): boolean => {
  const rate = video.averageFrameRate === null ? 0 : perSecond(video.averageFrameRate)
  const { codedHeight: lines } = video
  const isNtsc = Math.abs(rate - 30_000 / 1001) < 0.05
  if (/^[tb]{2}$/.test(video.fieldOrder ?? '')) return isNtsc
  if (NEVER_INTERLACED.has(video.codec) || !(isNtsc || Math.abs(rate - 25) < 0.05)) return false
  if (STANDARD_LINES.has(lines)) return true
  const isExact = Math.min(Math.abs(rate - 25), Math.abs(rate - 30_000 / 1001)) < 0.01
  return HIGH_LINES.has(lines) && (isOften(container, video) || (OF_ALL.has(video.codec) && isExact))
}

/**
 * Whether fields are so unlikely that a look at one moment in which there are none is enough: 1080 lines in an mp4 are a phone's, whole,
 * a million times for each recording whose fields were encoded as if they were none.
 */
export const areFieldsRare = (container: string, video: VideoFacts): boolean =>
  HIGH_LINES.has(video.codedHeight) && !isOften(container, video)

const isOften = (container: string, { codec, fieldOrder }: VideoFacts): boolean =>
  OF_CAMERAS.has(container) || OF_EDITORS.has(codec) || /^[tb]{2}$/.test(fieldOrder ?? '')

// Fewer tell nothing.
const LEAST_FRAMES = 10
// Of 75 progressive frames of a test picture with fine slopes 76 % were taken for fields, all of the same order; of real fields
// all but the first (run). Motion that stands still is not counted, but kept as it was before.
const MOST = 0.9
const OTHER_ORDER = 0.02
// 3:2 pulldown repeats a field in two of five frames.
const TELECINED = { least: 0.3, most: 0.5 }

/** What counts of some moments of it say: fields in an order, film with repeated fields, or (null) nothing of that. */
export const judgeFields = (counts: readonly FieldCounts[]): VideoFacts['seenFields'] => {
  const sum = (of: (count: FieldCounts) => number) => counts.reduce((total, count) => total + of(count), 0)
  const tff = sum((count) => count.tff)
  const bff = sum((count) => count.bff)
  const judged = tff + bff + sum((count) => count.progressive)
  const [more, fewer] = tff > bff ? [tff, bff] : [bff, tff]
  if (judged < LEAST_FRAMES || more < MOST * judged || fewer > OTHER_ORDER * judged) return null
  const repeated = sum((count) => count.repeated)
  const share = repeated / Math.max(1, repeated + sum((count) => count.unrepeated))
  return { order: tff > bff ? 'tff' : 'bff', isTelecined: share > TELECINED.least && share < TELECINED.most }
}
