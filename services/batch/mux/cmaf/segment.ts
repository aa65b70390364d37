import type { Layout } from '../layout.ts'

/** A piece of a CMAF file that a player asks for by itself: so many bytes after those before it. */
export type Segment = { sizeBytes: number; durationSeconds: number }

/** A CMAF file of one track: its first bytes set up a decoder, its segments follow. */
export type CmafLayout = { layout: Layout; codec: string; initBytes: number; segments: Segment[] }

// The first is one key frame interval, so that it plays soon; the others are of six seconds (Apple's HLS authoring specification, 7.5).
const SECONDS_OF_SEGMENT = 6

/** The frames at which segments begin, and the end: each at a key frame, as they come every `interval` frames in all sizes. */
export const segmentBorders = (frames: number, interval: number, keyframeSeconds: number): number[] => {
  const length = interval * Math.max(1, Math.round(SECONDS_OF_SEGMENT / keyframeSeconds))
  const borders = [0]
  for (let border = interval; border < frames; border += length) borders.push(border)
  return [...borders, frames]
}
