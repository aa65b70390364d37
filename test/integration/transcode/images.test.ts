import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { readWebp } from '@reelway/batch/verify/read-webp.ts'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries, convertVideo } from './convert-video.ts'

const output = async (name: VideoName, preset: 'gif' | 'webp' | 'poster', options: TaskOptions = {}) => {
  const conversion = await convertVideo(name, preset, { options })
  const { result } = conversion
  assert.equal(result.kind, 'encoded', JSON.stringify(result))
  if (result.kind !== 'encoded') throw new Error('not encoded')
  return { conversion, output: result.output, path: conversion.outputPath }
}

const run = async (...argv: string[]): Promise<Buffer> => {
  const { ffmpeg } = await binaries
  const { stdout } = await promisify(execFile)(ffmpeg, ['-nostdin', '-v', 'error', ...argv], { encoding: 'buffer' })
  return stdout
}

/** Red, green and blue of one frame, in the middles of its left, middle and right third, and in the middle of its top. */
const patchesOf = async (path: string, seconds: number): Promise<number[][]> => {
  const small = 'scale=9:9:flags=area,format=rgb24'
  const pixels = await run('-ss', String(seconds), '-i', path, '-frames:v', '1', '-vf', small, '-f', 'rawvideo', '-')
  const at = (x: number, y: number) => [...pixels.subarray((y * 9 + x) * 3, (y * 9 + x) * 3 + 3)]
  return [at(1, 4), at(4, 4), at(7, 4)]
}

const COLOURS = [
  [0xc0, 0x20, 0x20],
  [0x80, 0x80, 0x80],
  [0x20, 0x20, 0xc0],
]

const assertColours = (found: number[][], tolerance: number) => {
  for (const [index, colour] of COLOURS.entries()) {
    const off = colour.map((level, channel) => Math.abs(level - (found[index]?.[channel] ?? 0)))
    assert.ok(Math.max(...off) <= tolerance, `patch ${index} is ${found[index]?.join(', ')}`)
  }
}

test('a GIF has the colours and the time of its source, and repeats for ever', async () => {
  const made = await output('patches', 'gif')
  await using _ = made.conversion
  const { frames, durationSeconds, width, height } = made.output
  assert.deepEqual(
    { frames, durationSeconds, width, height },
    { frames: 25, durationSeconds: 2, width: 320, height: 180 },
  )
  // Within what 256 colours and their dither leave.
  assertColours(await patchesOf(made.path, 0), 8)
  const file = await readFile(made.path)
  const loop = file.indexOf('NETSCAPE2.0')
  assert.deepEqual([...file.subarray(loop + 11, loop + 16)], [3, 1, 0, 0, 0])
  const { stdout } = await promisify(execFile)((await binaries).ffprobe, [
    ...['-v', 'error', '-show_entries', 'packet=duration', '-of', 'csv=p=0', made.path],
  ])
  const delays = stdout.trim().split('\n').map(Number)
  // Half of its rate: each of its second frames, and none of them longer than another.
  assert.deepEqual(new Set(delays), new Set([8]))
  assert.equal(delays.length, 25)
  assert.equal(
    delays.reduce((sum, delay) => sum + delay, 0),
    200,
  )
})

test('an animated WebP has the time of its source, and repeats for ever', async () => {
  const made = await output('sharp-noise', 'webp')
  await using _ = made.conversion
  const webp = readWebp(await readFile(made.path))
  assert.deepEqual(webp, { width: 320, height: 180, animation: { pictures: 25, milliseconds: 1000, loops: 0 } })
  assert.equal(made.output.durationSeconds, 1)
})

test('a film whose frames are all the same becomes a WebP of one picture in its colours', async () => {
  const made = await output('all-patches', 'webp')
  await using _ = made.conversion
  assert.equal(readWebp(await readFile(made.path))?.animation, null)
  assertColours(await patchesOf(made.path, 0), 4)
})

test('an animation is made of the first 15 seconds, and its time ends there', async () => {
  const made = await output('twenty-seconds', 'gif')
  await using _ = made.conversion
  assert.equal(made.output.durationSeconds, 15)
  assert.equal(made.output.frames, 150)
  const brightness = async (seconds: number) => (await patchesOf(made.path, seconds))[0]?.[0] ?? 0
  // Second 14 has a luma of 156, which is 163 in full range.
  assert.ok(Math.abs((await brightness(14.5)) - 163) <= 4, `${await brightness(14.5)}`)
  assert.ok(Math.abs((await brightness(0.5)) - 0) <= 4)
})

test('a poster is one complete JPEG in the colours of its source, without a duration', async () => {
  const made = await output('all-patches', 'poster')
  await using _ = made.conversion
  const { durationSeconds, width, height, frames } = made.output
  assert.deepEqual(
    { durationSeconds, width, height, frames },
    { durationSeconds: null, width: 320, height: 180, frames: 1 },
  )
  assertColours(await patchesOf(made.path, 0), 6)
})

test('a poster is neither of the black nor of the white moments of a source that has others', async () => {
  const made = await output('black-first', 'poster')
  await using _ = made.conversion
  const pixels = await run('-i', made.path, '-vf', 'scale=16:9:flags=area,format=rgb24', '-f', 'rawvideo', '-')
  assert.ok(Math.max(...pixels) - Math.min(...pixels) > 100, 'it is of one colour')
})

test('a poster of a source that is all black is black, and the same every time', async () => {
  const first = await output('all-black', 'poster')
  await using _ = first.conversion
  const second = await output('all-black', 'poster')
  await using __ = second.conversion
  assert.deepEqual(await readFile(first.path), await readFile(second.path))
})

test('a poster of one frame is that frame', async () => {
  const made = await output('one-frame', 'poster')
  await using _ = made.conversion
  assert.equal(made.output.frames, 1)
})

/** The brightness of a second of twenty-seconds, in full range, in the first frame or at a time of a file. */
const secondAt = async (path: string, seconds = 0): Promise<number> => {
  const [left] = await patchesOf(path, seconds)
  return Math.round((((left?.[0] ?? 0) / 255) * 219) / 10)
}

test('a poster is the very frame at the time that is named', async () => {
  for (const [startSeconds, second] of [
    [12.9, 12],
    [13, 13],
    [19.9, 19],
  ] as const) {
    const made = await output('twenty-seconds', 'poster', { trim: { startSeconds, atKeyframes: false } })
    await using _ = made.conversion
    assert.equal(made.output.frames, 1)
    assert.equal(await secondAt(made.path), second, `at ${startSeconds} s`)
  }
})

test('an animation is of the range that is named', async () => {
  const trim = { startSeconds: 6, endSeconds: 9, atKeyframes: false }
  const made = await output('twenty-seconds', 'gif', { trim })
  await using _ = made.conversion
  assert.equal(made.output.durationSeconds, 3)
  assert.equal(made.output.frames, 30)
  assert.equal(await secondAt(made.path, 0), 6)
  assert.equal(await secondAt(made.path, 2.85), 8)
})

test('a poster without more of a choice than a range of one frame is that frame', async () => {
  const trim = { startSeconds: 4, durationSeconds: 0.1, atKeyframes: false }
  const made = await output('twenty-seconds', 'poster', { trim })
  await using _ = made.conversion
  assert.equal(await secondAt(made.path), 4)
})

for (const preset of ['gif', 'webp', 'poster'] as const) {
  test(`a ${preset} of a lower quality is smaller, and of a higher one not`, async () => {
    const trim = { startSeconds: 0, durationSeconds: 0.4, atKeyframes: false }
    const sizes: number[] = []
    for (const quality of ['smallest', 'small', 'standard', 'best'] as const) {
      const made = await output('sharp-noise', preset, { trim, quality })
      await using _ = made.conversion
      sizes.push(made.output.sizeBytes)
    }
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => a - b),
    )
    assert.equal(new Set(sizes).size, 4)
  })
}
