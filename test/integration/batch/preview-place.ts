import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findBinaries } from '@reelway/batch/ffmpeg/binaries.ts'
import type { Sprite } from '@reelway/batch/previews/make-sprite.ts'
import type { PreviewPlace } from '@reelway/batch/previews/run-preview.ts'

const run = promisify(execFile)

/** A folder in which previews are made, and removed at the end of its scope. */
export const openPreviewPlace = async (): Promise<PreviewPlace & AsyncDisposable> => {
  const folder = await mkdtemp(join(tmpdir(), 'reelway-previews-'))
  return {
    binaries: await findBinaries({ searchPath: process.env.PATH }),
    folder,
    signal: new AbortController().signal,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

const ffmpeg = async ({ binaries }: PreviewPlace, ...argv: string[]): Promise<Buffer> => {
  const options = { encoding: 'buffer', maxBuffer: 2 ** 28 } as const
  return (await run(binaries.ffmpeg, ['-nostdin', '-y', '-v', 'error', ...argv], options)).stdout
}

/** Red, green and blue of every picture of a file, made so large, row by row; a video's colours are those of our results. */
const pixelsOf = async (place: PreviewPlace, path: string, width: number, height: number): Promise<Buffer[]> => {
  const colours = path.endsWith('.jpg') ? '' : ':in_color_matrix=bt709:in_range=tv'
  const filters = `scale=${width}:${height}:flags=area${colours},format=rgb24`
  const bytes = await ffmpeg(place, '-i', path, '-vf', filters, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-')
  const pictureBytes = width * height * 3
  return Array.from({ length: bytes.length / pictureBytes }, (_, index) =>
    bytes.subarray(index * pictureBytes, (index + 1) * pictureBytes),
  )
}

/** When each frame of a file is shown, in milliseconds. */
const millisOf = async (place: PreviewPlace, path: string): Promise<number[]> => {
  const entries = ['-show_entries', 'frame=pts_time', '-of', 'csv=p=0']
  const { stdout } = await run(place.binaries.ffprobe, ['-v', 'error', '-select_streams', 'v', ...entries, path])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number.parseFloat(line) * 1000)
}

/** How far apart two pictures are: the mean difference of their pixels, 0 to 255. */
const differenceOf = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, luma, at) => sum + Math.abs(luma - (b[at] ?? 0)), 0) / a.length

type Rectangle = Record<'x' | 'y' | 'width' | 'height', number>

const rectangle = (picture: Buffer, pictureWidth: number, { x, y, width, height }: Rectangle): Buffer =>
  Buffer.concat(
    Array.from({ length: height }, (_, row) => {
      const start = ((y + row) * pictureWidth + x) * 3
      return picture.subarray(start, start + width * 3)
    }),
  )

/**
 * Asserts that each tile of a sprite shows the frame of the result that is shown at the time it says, rather than any other of its frames;
 * the times in milliseconds.
 */
export const assertTilesOf = async (place: PreviewPlace, resultPath: string, sprite: Sprite): Promise<number[]> => {
  const { tileWidth, tileHeight, columns, startsMillis } = sprite.storyboard
  const rows = Math.ceil(startsMillis.length / columns)
  const [picture = Buffer.alloc(0)] = await pixelsOf(place, sprite.path, columns * tileWidth, rows * tileHeight)
  const frames = await pixelsOf(place, resultPath, tileWidth, tileHeight)
  const millis = await millisOf(place, resultPath)
  assert.equal(frames.length, millis.length)
  for (const [index, startMillis] of startsMillis.entries()) {
    const at = { x: (index % columns) * tileWidth, y: Math.floor(index / columns) * tileHeight }
    const tile = rectangle(picture, columns * tileWidth, { ...at, width: tileWidth, height: tileHeight })
    const differences = frames.map((frame) => differenceOf(tile, frame))
    const nearest = differences.indexOf(Math.min(...differences))
    const off = Math.abs((millis[nearest] ?? 0) - startMillis)
    assert.ok(off < 10, `tile ${index} of ${startMillis} ms shows ${millis[nearest]} ms`)
    assert.ok((differences[nearest] ?? 255) < 6, `tile ${index} differs by ${differences[nearest]}`)
  }
  return startsMillis
}

/** The mean red, green and blue of a picture on disk, and its size. */
export const meanOf = async (place: PreviewPlace, path: string): Promise<number[]> => [
  ...(await ffmpeg(
    place,
    '-i',
    path,
    '-frames:v',
    '1',
    '-vf',
    'scale=1:1:flags=area,format=rgb24',
    '-f',
    'rawvideo',
    '-',
  )),
]

/** Width and height of a picture on disk. */
export const sizeOf = async (place: PreviewPlace, path: string): Promise<string> =>
  (
    await run(place.binaries.ffprobe, [
      '-v',
      'error',
      '-show_entries',
      'stream=width,height',
      '-of',
      'csv=p=0:s=x',
      path,
    ])
  ).stdout.trim()

/** Makes a file in the folder of a place; its path. */
export const makeFile = async (place: PreviewPlace, name: string, ...argv: string[]): Promise<string> => {
  const path = join(place.folder, name)
  await ffmpeg(place, ...argv, path)
  return path
}
