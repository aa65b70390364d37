import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { handOver } from '@reelway/batch/transcode/hand-over.ts'
import { hls } from '@reelway/shared/presets/hls.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeOne, framesOf, wholePlan } from './encode-parts.ts'
import { summedLufsOf } from './loudness-of.ts'
import { makeStream } from './make-stream.ts'

test('a stream made in two parts has the frames of its parts in every size, and segments across the border', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('stream'))
  const plan = await wholePlan(served.url, hls)
  const index = await makeStream(plan, served.url, folder.path, { frames: [240] })
  // It is told of first what is there soon, and both sizes change at the same frames.
  assert.deepEqual(
    index.video.map(({ name, segments }) => [name, segments.map(([, seconds]) => seconds)]),
    [
      ['video-360p', [2, 6, 6, 1]],
      ['video-240p', [2, 6, 6, 1]],
    ],
  )
  const first = await framesOf(join(folder.path, 'picture-0.mp4'))
  const second = await framesOf(join(folder.path, 'picture-240.mp4'))
  assert.deepEqual(await framesOf(join(folder.path, 'video-360p.m3u8')), [...first, ...second])
  assert.equal((await framesOf(join(folder.path, 'video-240p.m3u8'))).length, 450)
  const seconds = (file: { segments: [number, number][] } | null) =>
    file?.segments.reduce((sum, [, duration]) => sum + duration, 0) ?? 0
  assert.ok(Math.abs(seconds(index.sound) - 15) < 0.03, `${seconds(index.sound)} s of sound`)
})

test('what is kept of a part that was stopped is well behind what the first size had, and lies there in every size', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('stream'))
  const plan = await wholePlan(served.url, hls)
  const part = { stream: 'picture', start: 0, end: 240, weight: 1 } as const
  const { path } = await encodeOne(plan, part, served.url, folder.path)
  const files = await mp4sIn(path)
  const outputPath = join(folder.path, 'stopped')
  for (const [index, bytes] of files.entries()) await writeFile(`${outputPath}.${index}`, bytes)
  const stopped = { binaries: await binaries, plan, outputPath, container: 'mp4', encodeSeconds: 1 } as const
  const signal = new AbortController().signal
  const { kept, sizeBytes } = await handOver({ ...stopped, signal }, { framesDone: 190, isClosed: true })
  // Of the key frames 0, 60, 120 and 180, the last that no size can lack.
  assert.equal(kept, 120)
  assert.deepEqual(await readFile(outputPath), await readFile(path))
  assert.equal(sizeBytes, (await readFile(path)).length)
})

test('a recording whose clock leaps becomes a stream of one piece of picture and one of sound, with all of both', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('clock-leaps-ts'))
  const plan = await wholePlan(served.url, hls)
  assert.deepEqual([plan.source.clockLeaps, plan.parts.map(({ stream }) => stream)], [true, ['picture', 'sound']])
  const index = await makeStream(plan, served.url, folder.path)
  const [video] = index.video
  assert.equal((await framesOf(join(folder.path, `${video?.name}.m3u8`))).length, plan.frames.total)
  const sound = index.sound?.segments.reduce((sum, [, seconds]) => sum + seconds, 0) ?? 0
  assert.ok(Math.abs(sound - 4) < 0.05, `${sound} s of sound`)
})

test('a muted stream has its picture alone, and one whose loudness is asked for is as loud as its plan says', async () => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo('video-with-noise'))
  const muted = await makeStream(await wholePlan(served.url, hls, { mute: true }), served.url, folder.path)
  assert.equal(muted.sound, null)
  assert.doesNotMatch(await readFile(join(folder.path, 'master.m3u8'), 'utf8'), /AUDIO/)
  const plan = await wholePlan(served.url, hls)
  assert.ok(plan.audio)
  await makeStream(plan, served.url, folder.path)
  const before = await summedLufsOf(join(folder.path, 'sound.mp4'))
  await makeStream({ ...plan, audio: { ...plan.audio, gainDb: -12 } }, served.url, folder.path)
  const after = await summedLufsOf(join(folder.path, 'sound.mp4'))
  assert.ok(Math.abs(before - after - 12) < 0.3, `${before} became ${after} LUFS`)
})

/** The mp4s that lie in a file one after the other. */
const mp4sIn = async (path: string): Promise<Buffer[]> => {
  const all = await readFile(path)
  const starts: number[] = []
  for (let at = 0; at < all.length; at += all.readUInt32BE(at)) {
    if (all.toString('latin1', at + 4, at + 8) === 'ftyp') starts.push(at)
  }
  return starts.map((start, index) => all.subarray(start, starts[index + 1] ?? all.length))
}
