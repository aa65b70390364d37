import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { binaries } from './convert-video.ts'

type Picture = { width: number; height: number; at: (x: number, y: number) => readonly [number, number, number] }

/** The first frame of a file, as red, green and blue from 0 to 255, converted from BT.709. */
export const firstFrame = async (path: string, width: number, height: number): Promise<Picture> => {
  const filter = 'scale=in_color_matrix=bt709:in_range=tv:flags=full_chroma_int+accurate_rnd,format=rgb24'
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-frames:v', '1', '-vf', filter, '-f', 'rawvideo', '-']
  const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv, options)
  if (stdout.length !== width * height * 3) throw new Error(`${stdout.length} bytes are no frame of ${width}x${height}`)
  return {
    width,
    height,
    at: (x, y) => {
      const from = (y * width + x) * 3
      return [stdout[from] ?? 0, stdout[from + 1] ?? 0, stdout[from + 2] ?? 0]
    },
  }
}

export type ColourName = 'black' | 'grey' | 'red' | 'green' | 'blue' | 'yellow' | 'pink'

const NAMED: Record<ColourName, readonly [number, number, number]> = {
  black: [0, 0, 0],
  grey: [128, 128, 128],
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  pink: [255, 0, 255],
}

/** The name of the colour that is nearest to what is seen at a place; negative places count from the right and the bottom. */
export const colourAt = (picture: Picture, x: number, y: number): ColourName => {
  const seen = picture.at(x < 0 ? picture.width + x : x, y < 0 ? picture.height + y : y)
  const distance = (name: ColourName) =>
    NAMED[name].reduce((sum, level, channel) => sum + (level - (seen[channel] ?? 0)) ** 2, 0)
  const names: ColourName[] = ['black', 'grey', 'red', 'green', 'blue', 'yellow', 'pink']
  return names.toSorted((a, b) => distance(a) - distance(b))[0] ?? 'black'
}
