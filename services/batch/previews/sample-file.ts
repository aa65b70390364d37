import { join } from 'node:path'
import type { PreviewInput } from '../ffmpeg/preview-input.ts'
import { samplesArgs } from '../ffmpeg/tile-args.ts'
import { type Candidate, choosePoster, type Stretch } from './choose-poster.ts'
import { readTiles } from './read-tiles.ts'
import { type PreviewPlace, runPreview } from './run-preview.ts'
import { tileSize } from './tile-size.ts'

/** So much is looked at, and in so many places: what fades in has begun by then. */
const SAMPLED_SECONDS = 30
const SAMPLES = 15

/**
 * A moment of a file that shows something, in seconds; when none of its first half minute does, that after a third of all. For files of which
 * key frames do not say it: this decodes that half minute.
 */
export const sampleFile = async (
  place: PreviewPlace,
  input: PreviewInput,
  size: { width: number; height: number },
  { fromSeconds, toSeconds }: Stretch,
): Promise<number> => {
  const seconds = Math.min(toSeconds - fromSeconds, SAMPLED_SECONDS)
  const tile = tileSize(size)
  const files = { pixelsPath: join(place.folder, 'samples.yuv'), timesPath: join(place.folder, 'samples.txt') }
  const stretch = { fromSeconds, seconds, everySeconds: seconds / SAMPLES }
  await runPreview(place, samplesArgs(input, tile, stretch, files))
  const sampled: Candidate[] = await readTiles(files, tile, fromSeconds)
  // Rounded times may lie a little outside of it.
  const anywhere = { fromSeconds: Number.NEGATIVE_INFINITY, toSeconds: Number.POSITIVE_INFINITY }
  return choosePoster(sampled, anywhere)?.seconds ?? fromSeconds + (toSeconds - fromSeconds) / 3
}
