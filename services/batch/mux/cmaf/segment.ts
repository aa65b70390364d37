import type { Layout } from '../layout.ts'

/** A piece of a CMAF file that a player asks for by itself: so many bytes after those before it. */
export type Segment = { sizeBytes: number; durationSeconds: number }

/** A key frame that a player can show by itself: so many bytes from a place in the file on, shown until the next. */
export type KeyFrame = { firstByte: number; sizeBytes: number; durationSeconds: number }

/** A CMAF file of one track: its first bytes set up a decoder, its segments follow. */
export type CmafLayout = {
  layout: Layout
  codec: string
  initBytes: number
  segments: Segment[]
  /** none of sound */
  keyFrames: KeyFrame[]
}

// Apple's HLS authoring specification, 7.5 and 7.6.
const SECONDS_OF_SEGMENT = 6

/**
 * The frames at which segments begin, and the end, by the key frames of the picture (1: it is one), which come every `interval` frames at
 * least: also sooner, where a leg or a part begins. The first segment is one such interval at most, so that it plays soon, the others are as
 * near to six seconds as they can be without being longer.
 */
export const segmentBorders = (keys: Uint8Array, interval: number, keyframeSeconds: number): number[] => {
  const longest = interval * Math.max(1, Math.round(SECONDS_OF_SEGMENT / keyframeSeconds))
  const borders = [0]
  for (let border = lastKey(keys, 0, interval); border < keys.length; border = lastKey(keys, border, longest)) {
    borders.push(border)
  }
  return [...borders, keys.length]
}

/** The last key frame, or the end, that is not more than so many frames behind one; the next if there is none. */
const lastKey = (keys: Uint8Array, from: number, most: number): number => {
  if (from + most >= keys.length) return keys.length
  const near = keys.lastIndexOf(1, from + most)
  if (near > from) return near
  const next = keys.indexOf(1, from + 1)
  return next === -1 ? keys.length : next
}
