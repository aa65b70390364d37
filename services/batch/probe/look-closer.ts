import type { Binaries } from '../ffmpeg/binaries.ts'
import { fieldScanArgs } from '../ffmpeg/field-scan-args.ts'
import { readFieldCounts } from '../ffmpeg/read-field-counts.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import { followEdits } from './follow-edits.ts'
import { perSecond } from './frame-rate.ts'
import { areFieldsRare, judgeFields, mayHaveFields } from './judge-fields.ts'
import { judgeFilm, mayBeFilm } from './judge-film.ts'
import type { VideoFacts } from './source-facts.ts'

const LIMIT_SECONDS = 60

type Looking = { binaries: Binaries; url: string; signal: AbortSignal; container: string; sizeBytes: number }

/**
 * Corrects what a source says of its picture where experience says that it may be wrong: whether its lines are fields, how many frames
 * a second it has, and, of recordings from the air that are not too large to be read through, how long it is. What cannot be found out is left as it is
 * said: the conversion itself, or the record of reads, will tell. An abort throws the signal's reason.
 */
export const lookCloser = async (looking: Looking, said: VideoFacts): Promise<VideoFacts> => {
  const endSeconds = await followEdits(looking, looking.container, said)
  const followed = { ...said, ...(await followClock(looking, { ...said, endSeconds })) }
  const video = { ...followed, averageFrameRate: await countFilm(looking, followed) }
  const seenFields = mayHaveFields(looking.container, video) ? await lookForFields(looking, video) : null
  return { ...video, seenFields }
}

// Their clock may begin anew: recordings are joined by putting one behind the other.
const HAS_A_CLOCK: ReadonlySet<string> = new Set(['mpegts', 'mpeg'])
// 20 s at the slowest the storage is thought to be. Half an hour of 1080i.
const SCANNED_UP_TO_BYTES = 1_000_000_000
// Containers announce their length to within some packets.
const LEAP_SECONDS = 1

/** Its end as ffmpeg counts it, for which no leap of the clock is a pause, by reading it through. */
const followClock = async (
  { binaries, url, signal, container, sizeBytes }: Looking,
  video: VideoFacts,
): Promise<Pick<VideoFacts, 'endSeconds' | 'clockLeaps'>> => {
  const said = { endSeconds: video.endSeconds, clockLeaps: false }
  if (!HAS_A_CLOCK.has(container) || sizeBytes > SCANNED_UP_TO_BYTES) return said
  const argv = scanArgs(url, [video.index])
  const run = await runFfmpeg({ ...limits, binary: binaries.ffmpeg, argv, signal })
  const found = run.kind === 'finished' ? (run.sourceRecord[0]?.endSeconds ?? 0) : 0
  if (found <= 0) return said
  const end = container === 'mpeg' ? found + UNTIMED_FRAMES / perSecond(video.averageFrameRate ?? NO_RATE) : found
  if (Math.abs(end - video.endSeconds) > LEAP_SECONDS) return { endSeconds: end, clockLeaps: true }
  return { endSeconds: Math.max(end, video.endSeconds), clockLeaps: false }
}

// In an mpeg only some frames have a time: ffprobe says the last of these. The last of all has at least the time of decoding, and is
// shown a frame later where there are B-frames, as nearly always.
const UNTIMED_FRAMES = 1
const NO_RATE = { num: 25, den: 1 }

// Enough for the rate of a DVD, whose first seconds may be a logo that was filmed otherwise; it is read in a second or two.
const COUNTED_SECONDS = 60

/** Its frames a second, counted where film may be stored as film, although its fields are to be shown in the times of television. */
const countFilm = async (
  { binaries, url, signal }: Looking,
  video: VideoFacts,
): Promise<VideoFacts['averageFrameRate']> => {
  if (!mayBeFilm(video)) return video.averageFrameRate
  const argv = scanArgs(url, [video.index], null, COUNTED_SECONDS)
  const run = await runFfmpeg({ ...limits, binary: binaries.ffmpeg, argv, signal })
  return run.kind === 'finished' ? judgeFilm(video, run.sourceRecord) : video.averageFrameRate
}

// Enough of a moment for 25 frames and more.
const LOOK_SECONDS = 1.2
const MOMENTS = [0.15, 0.5, 0.8] as const

const lookForFields = async (looking: Looking, video: VideoFacts): Promise<VideoFacts['seenFields']> => {
  const { index, endSeconds } = video
  const areRare = areFieldsRare(looking.container, video)
  const isShort = endSeconds < 3 * LOOK_SECONDS
  const counts = []
  for (const moment of isShort ? [0] : MOMENTS) {
    const window = { fromSeconds: isShort ? null : moment * endSeconds, seconds: isShort ? endSeconds : LOOK_SECONDS }
    const argv = fieldScanArgs(looking.url, { videoIndex: index, ...window })
    const run = await runFfmpeg({ ...limits, binary: looking.binaries.ffmpeg, argv, signal: looking.signal })
    const count = run.kind === 'finished' ? readFieldCounts(run.stderrTail) : undefined
    if (count !== undefined) counts.push(count)
    if (areRare && judgeFields(count === undefined ? [] : [count]) === null) return null
  }
  return judgeFields(counts)
}

const limits = { wallClockLimitSeconds: LIMIT_SECONDS, stallLimitSeconds: LIMIT_SECONDS }
