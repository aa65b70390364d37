import type { Rational } from '../ffmpeg/encode-plan.ts'
import type { PartObject } from './gather-parts.ts'
import type { PictureTable } from './picture-table.ts'
import type { Piece } from './read-samples.ts'

/** The picture of a result that is joined from parts: its table, and what lies where in each of them. */
export type JoinedPicture = { table: PictureTable; parts: readonly PartObject[]; pieces: readonly Piece[] }

/** A key frame: its number in the order of decoding, when it is shown, and how large it is. */
export type KeyFrame = { index: number; seconds: number; sizeBytes: number }

/** All key frames of a picture, in order. */
export const keyFramesIn = ({ keys, shifts, sizes, frameRate }: PictureTable): KeyFrame[] => {
  const frames: KeyFrame[] = []
  for (const [index, isKey] of keys.entries()) {
    if (isKey !== 1) continue
    const seconds = secondsOf(index + (shifts[index] ?? 0), frameRate)
    frames.push({ index, seconds, sizeBytes: sizes[index] ?? 0 })
  }
  return frames
}

/**
 * Of key frames, the first of each stretch of so many seconds. Stretches are made twice as long until all of these together have no more
 * than `mostBytes`.
 */
export const keyFramesApart = (
  frames: readonly KeyFrame[],
  intervalSeconds: number,
  mostBytes: number,
): readonly KeyFrame[] => {
  const stretchOf = ({ seconds }: KeyFrame) => Math.floor(seconds / intervalSeconds)
  const chosen = frames.filter((frame, place) => {
    const before = frames[place - 1]
    return before === undefined || stretchOf(before) < stretchOf(frame)
  })
  const bytes = chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return bytes <= mostBytes || chosen.length < 2 ? chosen : keyFramesApart(chosen, intervalSeconds * 2, mostBytes)
}

const secondsOf = (frame: number, { num, den }: Rational): number => (frame * den) / num
