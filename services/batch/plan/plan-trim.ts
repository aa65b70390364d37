import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { EncodePlan, Rational } from '../ffmpeg/encode-plan.ts'
import { perSecond } from '../probe/frame-rate.ts'
import type { VideoFacts } from '../probe/source-facts.ts'
import type { Refused } from '../refusal.ts'

/** Which stretch of the source is used, in seconds from its start, and how far it is read for that. */
type Stretch = Pick<EncodePlan['source'], 'fromSeconds' | 'endSeconds' | 'readSeconds'>

type Limits = {
  trim: TaskOptions['trim']
  /** The preset's own; null: none. */
  maxDurationSeconds: number | null
  frameRate: Rational
}

// Read so much more than is used, for rounding. Every frame of it is decoded too: a second of it cost 6 % of league (run).
const READ_AHEAD_SECONDS = 0.1

// Eleven days: no source is as long, and ffmpeg counts microseconds.
const LONGEST_READ_SECONDS = 1_000_000

// And a little: times are rounded.
const HALF_A_FRAME = 0.51

/**
 * The stretch of the source that a task asks for: it begins with the frame nearest to the time that was named, and ends with the
 * video at the latest. Refused when nothing of the video is in it.
 */
export const planTrim = (
  video: VideoFacts,
  { trim, maxDurationSeconds, frameRate }: Limits,
): ({ kind: 'stretch' } & Stretch) | Refused => {
  const startSeconds = trim?.startSeconds ?? 0
  if (startSeconds > 0 && startSeconds >= video.endSeconds) {
    const durationSeconds = Math.floor(video.endSeconds * 1000) / 1000
    return { kind: 'refused', code: 'trim_outside_video', parameters: { startSeconds, durationSeconds } }
  }
  const nearest = startOfFrame(video, startSeconds, frameRate)
  // Nearer to the end there would be no frame at all.
  const lastSeconds = video.endSeconds - (HALF_A_FRAME * frameRate.den) / frameRate.num
  const fromSeconds = Math.max(0, Math.min(nearest, lastSeconds))
  const asked = trim?.endSeconds ?? (trim?.durationSeconds === undefined ? null : fromSeconds + trim.durationSeconds)
  const most = maxDurationSeconds === null ? null : fromSeconds + maxDurationSeconds
  // A preset that takes the first seconds of whatever comes reads no farther, wherever that ends.
  const limitSeconds = asked === null || most === null ? (asked ?? most) : Math.min(asked, most)
  return {
    kind: 'stretch',
    fromSeconds,
    endSeconds: Math.min(limitSeconds ?? video.endSeconds, video.endSeconds),
    readSeconds: limitSeconds === null ? null : Math.min(limitSeconds + READ_AHEAD_SECONDS, LONGEST_READ_SECONDS),
  }
}

/**
 * The start of the frame of the source that is nearest to a time. Frames of the result are counted from there: were they counted
 * from between two frames, the least inaccuracy of a time would show one of them twice and the next not at all.
 */
const startOfFrame = (video: VideoFacts, seconds: number, frameRate: Rational): number => {
  const rate = constantRate(video, perSecond(frameRate))
  if (seconds <= Math.max(0, video.startSeconds) || rate === null) return seconds
  const frames = Math.round((seconds - video.startSeconds) * rate)
  return Math.round((video.startSeconds + frames / rate) * 1e6) / 1e6
}

const constantRate = ({ averageFrameRate, baseFrameRate }: VideoFacts, ofResult: number): number | null => {
  const average = averageFrameRate === null ? null : perSecond(averageFrameRate)
  const base = baseFrameRate === null ? null : perSecond(baseFrameRate)
  if (isClose(average, ofResult) || isClose(base, ofResult)) return ofResult
  return isClose(average, base) ? base : null
}

const isClose = (a: number | null, b: number | null): boolean => a !== null && b !== null && Math.abs(a / b - 1) <= 0.01
