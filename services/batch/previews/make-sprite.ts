import { join } from 'node:path'
import type { Storyboard } from '@reelway/shared/previews.ts'
import { tilesArgs } from '../ffmpeg/tile-args.ts'
import type { Candidate } from './choose-poster.ts'
import { readTiles } from './read-tiles.ts'
import { type PreviewPlace, runPreview } from './run-preview.ts'
import { tileGrid } from './tile-interval.ts'
import { tileSize } from './tile-size.ts'

/** A video of key frames alone, at their times in the result, and the size of its picture. */
export type Reel = { path: string; frames: number; width: number; height: number }

/** A sprite on disk. */
export type Sprite = { path: string; storyboard: Omit<Storyboard, 'sprite'> }

/** Decodes the frames of a reel, once, to the tiles of a sprite and to what a poster can be chosen from. Throws what runPreview throws. */
export const makeSprite = async (
  place: PreviewPlace,
  reel: Reel,
  durationSeconds: number,
): Promise<{ sprite: Sprite; candidates: Candidate[] }> => {
  const tile = tileSize(reel)
  const grid = tileGrid(reel.frames)
  const path = join(place.folder, 'storyboard.jpg')
  const files = { pixelsPath: join(place.folder, 'tiles.yuv'), timesPath: join(place.folder, 'tiles.txt') }
  await runPreview(place, tilesArgs({ path: reel.path, kind: 'video' }, tile, { ...grid, path }, files))
  const candidates = await readTiles(files, tile)
  const endMillis = Math.round(durationSeconds * 1000)
  return {
    candidates,
    sprite: {
      path,
      storyboard: {
        ...{ tileWidth: tile.width, tileHeight: tile.height, columns: grid.columns, endMillis },
        startsMillis: startsOf(candidates, endMillis),
      },
    },
  }
}

/** The first picture stands from the beginning on, and none begins after the end. */
const startsOf = (candidates: readonly Candidate[], endMillis: number): number[] => {
  const starts = candidates.map(({ seconds }, index) => (index === 0 ? 0 : Math.round(seconds * 1000)))
  return starts.filter((millis, index) => index === 0 || millis < endMillis)
}
