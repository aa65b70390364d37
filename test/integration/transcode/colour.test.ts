import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries, convertVideo } from './convert-video.ts'

/** Red, green and blue in the middle of the first frame, read as the BT.709 that our results say they are. */
const middleColour = async (path: string): Promise<number[]> => {
  const { ffmpeg } = await binaries
  const filter = 'crop=2:2,scale=in_color_matrix=bt709,format=rgb24'
  const argv = ['-v', 'error', '-i', path, '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-']
  const { stdout } = await promisify(execFile)(ffmpeg, argv, { encoding: 'buffer' })
  return [...stdout.subarray(0, 3)]
}

for (const name of ['untagged-small', 'untagged-large', 'right-full-range'] satisfies VideoName[]) {
  test(`the colour of ${name} is what players make of the source, to within a few levels`, async () => {
    await using conversion = await convertVideo(name, 'mp4-720p')
    assert.equal(conversion.result.kind, 'encoded')
    const colour = await middleColour(conversion.outputPath)
    const off = colour.map((level, index) => Math.abs(level - ([0x20, 0xc0, 0x40][index] ?? 0)))
    // Eight-bit colour goes through two matrices; with the wrong one green would be 23 levels off.
    assert.ok(Math.max(...off) <= 8, `the colour is ${colour.join(', ')}`)
  })
}
