import { perSecond } from './frame-rate.ts'
import type { AudioFacts, VideoFacts } from './source-facts.ts'

// A slide that is not changed any more is written once. Below, it is the last packet of the sound that is longer than a frame.
const LEAST_SECONDS = 0.3
// Others say when their last frame ends, or are read to their end.
const TELLS_NO_END: ReadonlySet<string> = new Set(['mp4', 'matroska'])

/**
 * The facts of a picture whose frames come at varying times, as screen recorders write them: its last one is shown for as long as there
 * is something to be heard, and is no reason to leave out the end of what somebody says. Others end with their own last frame. Whether
 * the sound really goes on is for the caller to find out. Pure.
 */
export const holdToSound = (container: string, video: VideoFacts, audio: AudioFacts | null): VideoFacts =>
  audio !== null &&
  audio.endKnownFrom === 'stream' &&
  TELLS_NO_END.has(container) &&
  (isVarying(video) || isOneFrame(video)) &&
  audio.endSeconds - video.endSeconds > LEAST_SECONDS
    ? { ...video, endSeconds: audio.endSeconds, endKnownFrom: 'sound' }
    : video

const TOLERANCE = 0.05

/** Fewer frames than their grid has places. Of fields, two of which are one frame, there are half as many. */
const isVarying = ({ averageFrameRate, baseFrameRate }: VideoFacts): boolean => {
  if (averageFrameRate === null || baseFrameRate === null) return false
  const places = perSecond(baseFrameRate) / perSecond(averageFrameRate)
  return places > 1 + TOLERANCE && Math.abs(places - 2) > TOLERANCE
}

const isOneFrame = ({ averageFrameRate, startSeconds, endSeconds }: VideoFacts): boolean =>
  averageFrameRate !== null && (endSeconds - startSeconds) * perSecond(averageFrameRate) < 1.5
