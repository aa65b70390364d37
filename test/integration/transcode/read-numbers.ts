import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { binaries } from './convert-video.ts'

const BITS = 10

/** The number that each frame of the picture of a file holds (test/videos/option-recipes.ts), of the box that the picture stands in. */
export const numbersOf = async (path: string, box = { x: 0, y: 0, w: 160, h: 90 }): Promise<number[]> => {
  const filter = `crop=${box.w}:${box.h}:${box.x}:${box.y},scale=${BITS}:1:flags=area,format=gray`
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-vf', filter, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-']
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv, { encoding: 'buffer' })
  return Array.from({ length: stdout.length / BITS }, (_, frame) =>
    Array.from({ length: BITS }, (_, bit) => ((stdout[frame * BITS + bit] ?? 0) > 128 ? 2 ** bit : 0)).reduce(
      (sum, value) => sum + value,
      0,
    ),
  )
}

/** The whole numbers from `first` up to, without, `end`. */
export const numbersFrom = (first: number, end: number): number[] =>
  Array.from({ length: end - first }, (_, index) => first + index)

/** The sound of a file, mixed to one channel, at 48 kHz. */
export const soundOf = async (path: string): Promise<Int16Array> => {
  const argv = ['-nostdin', '-v', 'error', '-i', path, '-ac', '1', '-ar', '48000', '-f', 's16le', '-']
  const options = { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 } as const
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv, options)
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length))
}
