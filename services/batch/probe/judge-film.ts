import type { Rational } from '../ffmpeg/encode-plan.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import { perSecond } from './frame-rate.ts'
import type { VideoFacts } from './source-facts.ts'

const FILM: Rational = { num: 24000, den: 1001 }
const TELEVISION: Rational = { num: 30000, den: 1001 }
// The times of the last packets are guessed in an mpeg: of two seconds of film 24.3 frames a second were counted (run).
const CLOSE = 0.03

/**
 * Whether a picture may be film on a DVD: 23.976 frames a second, of which every other says that one of its fields is to be shown once
 * more (soft telecine). ffprobe calls its rate that of television, that of the fields, or anything in between (run).
 */
export const mayBeFilm = ({ codec, baseFrameRate }: VideoFacts): boolean =>
  codec === 'mpeg2video' &&
  baseFrameRate !== null &&
  [1, 2].some((fields) => isClose(perSecond(baseFrameRate) / fields, TELEVISION))

/** The frames a second of such a picture, by the packets of some of it: those of film, or else of television. */
export const judgeFilm = (
  { averageFrameRate }: VideoFacts,
  [picture]: SourceRecord,
): VideoFacts['averageFrameRate'] => {
  if (picture === undefined || picture.packets < LEAST_PACKETS) return averageFrameRate
  const counted = (picture.packets - 1) / (picture.lastStartSeconds - (picture.firstStartSeconds ?? 0))
  if (isClose(counted, FILM)) return FILM
  return counted > perSecond(FILM) && counted < perSecond(TELEVISION) * (1 + CLOSE) ? TELEVISION : averageFrameRate
}

// Fewer may be half a second, in which a frame more or less matters.
const LEAST_PACKETS = 24

const isClose = (rate: number, other: Rational): boolean => Math.abs(rate / perSecond(other) - 1) <= CLOSE
