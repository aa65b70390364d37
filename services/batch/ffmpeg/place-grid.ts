import type { EncodePlan } from './encode-plan.ts'

/**
 * When the first frame of the result is taken from the source, in seconds of its time line: where the used stretch begins, or up to
 * 0.75 of a frame beside it, so that the times of the source's frames are as far as can be from those halfway between two frames of
 * the result. There, times that are rounded would decide: of a film in Matroska, whose times are milliseconds and whose sound begins
 * 21 ms earlier, a third of the frames were shown twice and a third not at all (run).
 */
export const placeGrid = ({ source, frameRate }: Pick<EncodePlan, 'source' | 'frameRate'>): number => {
  const frameSeconds = frameRate.den / frameRate.num
  const offset = (source.videoStartSeconds - source.fromSeconds) / frameSeconds
  const beside = offset - Math.round(offset)
  const sourceFrames = frameSeconds / source.frameSeconds
  const times = Math.round(sourceFrames)
  const isEven = times % 2 === 0 && Math.abs(sourceFrames / times - 1) <= CLOSE
  return source.fromSeconds + (beside - (isEven ? 1 / (2 * times) : 0)) * frameSeconds
}

// What is called 60 frames a second is 59.5 to 60.5.
const CLOSE = 0.01
