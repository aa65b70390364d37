import { join } from 'node:path'
import { keepKeyFramesApartArgs } from '../ffmpeg/keep-key-frames-apart-args.ts'
import { choosePoster, type Stretch } from './choose-poster.ts'
import { makePoster } from './make-poster.ts'
import { makeSprite, type Reel } from './make-sprite.ts'
import { type PreviewPlace, runPreview } from './run-preview.ts'
import { sampleFile } from './sample-file.ts'
import type { MadePreviews } from './store-previews.ts'
import { tileIntervalSeconds } from './tile-interval.ts'

/** A finished result on disk, an mp4 or webm, and what of it a poster may show. */
export type ResultFile = {
  path: string
  format: 'mp4' | 'webm'
  width: number
  height: number
  durationSeconds: number
  body: Stretch
}

/**
 * The poster and the storyboard of a result on disk. Only key frames are decoded, and of these no more than tiles are wanted; more only
 * when none of them shows anything. Throws what runPreview throws.
 */
export const previewFile = async (place: PreviewPlace, result: ResultFile): Promise<MadePreviews> => {
  const reel = await takeReel(place, result)
  const { sprite, candidates } = await makeSprite(place, reel, result.durationSeconds)
  const chosen = choosePoster(candidates, result.body)
  const input = { path: chosen === undefined ? result.path : reel.path, kind: 'video' } as const
  const atSeconds = chosen?.seconds ?? (await sampleFile(place, input, result, result.body))
  return { poster: await makePoster(place, input, result, atSeconds), sprite }
}

const takeReel = async (place: PreviewPlace, result: ResultFile): Promise<Reel> => {
  const path = join(place.folder, `reel.${result.format}`)
  const argv = keepKeyFramesApartArgs(result, path, tileIntervalSeconds(result.durationSeconds))
  const [picture] = await runPreview(place, argv)
  if (picture === undefined) throw new Error('a result has no key frames')
  return { path, frames: picture.packets, width: result.width, height: result.height }
}
