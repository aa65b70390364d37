import { readFile } from 'node:fs/promises'
import type { TileFiles } from '../ffmpeg/tile-args.ts'
import type { Candidate } from './choose-poster.ts'
import { readFrameTimes } from './read-frame-times.ts'

/** Reads small pictures back, each with its time; `fromSeconds` is added to that. */
export const readTiles = async (
  { pixelsPath, timesPath }: TileFiles,
  { width, height }: { width: number; height: number },
  fromSeconds = 0,
): Promise<Candidate[]> => {
  const times = readFrameTimes(await readFile(timesPath, 'utf8'))
  const pixels = await readFile(pixelsPath)
  const pictureBytes = width * height
  if (pixels.length !== times.length * pictureBytes)
    throw new Error(`${times.length} tiles have ${pixels.length} bytes`)
  return times.map((seconds, index) => ({
    seconds: fromSeconds + seconds,
    pixels: pixels.subarray(index * pictureBytes, (index + 1) * pictureBytes),
  }))
}
