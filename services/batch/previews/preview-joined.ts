import { join } from 'node:path'
import { type JoinedPicture, type KeyFrame, keyFramesApart, keyFramesIn } from '../mux/key-frames.ts'
import { sizeOfEntry } from '../mux/sample-entry.ts'
import { writeReel } from '../mux/write-reel.ts'
import { choosePoster, type Stretch } from './choose-poster.ts'
import { makePoster } from './make-poster.ts'
import { makeSprite, type Reel } from './make-sprite.ts'
import { posterSize } from './poster-size.ts'
import type { PreviewPlace } from './run-preview.ts'
import type { MadePreviews } from './store-previews.ts'
import { tileIntervalSeconds } from './tile-interval.ts'

/** The picture of a result that is joined from parts, in one or several sizes, the largest first. */
export type JoinedResult = { pictures: readonly JoinedPicture[]; durationSeconds: number; body: Stretch }

/** All key frames of a reel together: the disk is memory on Cloud Run. One of 1080 lines has 70 to 580 kB (run). */
const REEL_LIMIT_BYTES = 100_000_000

/**
 * The poster and the storyboard of a result that was joined from parts. Only the key frames that become tiles are read, of the smallest
 * size that there is, and one more of the size that a poster is made of. Throws what runPreview and writeReel throw.
 */
export const previewJoined = async (place: PreviewPlace, result: JoinedResult): Promise<MadePreviews> => {
  const { pictures, durationSeconds, body } = result
  const smallest = pictures.at(-1)
  if (smallest === undefined) throw new Error('a result has no picture')
  const frames = keyFramesApart(keyFramesIn(smallest.table), tileIntervalSeconds(durationSeconds), REEL_LIMIT_BYTES)
  const reel = await makeReel(place, 'tiles.mp4', smallest, frames)
  const { sprite, candidates } = await makeSprite(place, reel, durationSeconds)
  const atSeconds = choosePoster(candidates, body)?.seconds ?? anyMoment(frames, body)
  const large = pictures.findLast(isLargeEnough) ?? pictures[0]
  if (large === undefined || large === smallest) {
    return { sprite, poster: await makePoster(place, { path: reel.path, kind: 'video' }, reel, atSeconds) }
  }
  const one = await makeReel(place, 'poster.mp4', large, [keyFrameAt(large, atSeconds)])
  // Whatever time it has, it is the first.
  return { sprite, poster: await makePoster(place, { path: one.path, kind: 'video' }, one, 0) }
}

const makeReel = async (
  { folder, signal }: PreviewPlace,
  name: string,
  picture: JoinedPicture,
  frames: readonly KeyFrame[],
): Promise<Reel> => {
  const path = join(folder, name)
  await writeReel(path, picture, frames, signal)
  return { path, frames: frames.length, ...sizeOf(picture) }
}

const sizeOf = ({ table }: JoinedPicture) => sizeOfEntry(table.entry ?? Buffer.alloc(36))

/** A poster is not made larger than its picture, nor than posterSize says: of more pixels than that, it would be made smaller. */
const isLargeEnough = (picture: JoinedPicture): boolean => {
  const size = sizeOf(picture)
  const poster = posterSize(size)
  return poster.width < size.width || poster.height < size.height
}

/** When nothing shows anything: after a third of what may be shown, or in it at least, if any of these frames is. */
const anyMoment = (frames: readonly KeyFrame[], { fromSeconds, toSeconds }: Stretch): number => {
  const wanted = fromSeconds + (toSeconds - fromSeconds) / 3
  const within = frames.filter(({ seconds }) => seconds >= fromSeconds && seconds < toSeconds)
  const moment = within.findLast(({ seconds }) => seconds <= wanted) ?? within[0]
  return (moment ?? frames.findLast(({ seconds }) => seconds <= wanted))?.seconds ?? 0
}

/** The last key frame that is shown at a time or before. */
const keyFrameAt = ({ table }: JoinedPicture, atSeconds: number): KeyFrame => {
  const frames = keyFramesIn(table)
  const frame = frames.findLast(({ seconds }) => seconds <= atSeconds) ?? frames[0]
  if (frame === undefined) throw new Error('a picture has no key frame')
  return frame
}
