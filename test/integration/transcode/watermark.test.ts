import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeWhole } from './encode-parts.ts'
import { planServed, serveTask } from './serve-assets.ts'

/** Nearly without loss, so that a colour is that of the filters. */
const fine: VideoPreset = { ...mp4720p, video: { ...mp4720p.video, speed: 'ultrafast', crf: 1 } }

/** Red, green and blue of two pixels at a place of the frame at a time, read as the BT.709 that our results say they are. */
const colourAt = async (path: string, seconds: number, { x, y }: { x: number; y: number }): Promise<number[]> => {
  const filter = `crop=2:2:${x}:${y},scale=in_color_matrix=bt709:in_range=tv,format=rgb24`
  const argv = [
    '-v',
    'error',
    '-ss',
    String(seconds),
    '-i',
    path,
    '-vf',
    filter,
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-',
  ]
  const { stdout } = await promisify(execFile)((await binaries).ffmpeg, argv, { encoding: 'buffer' })
  return [...stdout.subarray(0, 3)]
}

const assertColour = async (path: string, seconds: number, at: { x: number; y: number }, expected: number[]) => {
  const colour = await colourAt(path, seconds, at)
  const off = colour.map((level, index) => Math.abs(level - (expected[index] ?? 0)))
  assert.ok(
    Math.max(...off) <= 6,
    `at ${at.x}, ${at.y} after ${seconds} s it is ${colour.join(', ')}, not ${expected.join(', ')}`,
  )
}

/** A photo of a phone that was held upright: its EXIF says that it is to be turned by a quarter, clockwise. */
const turned = async (folder: string): Promise<string> => {
  const jpeg = await readFile(await makeVideo('title-jpeg'))
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex')
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(exif.length + 2)
  const path = join(folder, 'turned.jpg')
  await writeFile(path, Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, exif, jpeg.subarray(2)]))
  return path
}

const RED = [0xc0, 0x20, 0x20]
const BLUE = [0x20, 0x40, 0xc0]
const GREEN = [0x20, 0xc0, 0x40]
const BLACK = [0, 0, 0]

suite('watermark', { concurrency: 1 }, () => {
  test('a watermark has its own colour where it is opaque, and leaves the video where it is transparent', async () => {
    await using folder = await temporaryFolder()
    await using task = await serveTask('untagged-small', {
      watermark: { of: 'mark', size: 0.3, margin: 0.1, position: 'top-left' },
    })
    const plan = await planServed(task, fine)
    assert.deepEqual(
      { ...plan.watermark, assetId: '' },
      { assetId: '', width: 96, height: 48, x: 18, y: 18, opacity: 1 },
    )
    const path = await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
    for (const seconds of [0, 0.9]) {
      await assertColour(path, seconds, { x: 20, y: 20 }, RED)
      await assertColour(path, seconds, { x: 60, y: 60 }, RED)
      // White lies hidden here.
      await assertColour(path, seconds, { x: 70, y: 40 }, GREEN)
      await assertColour(path, seconds, { x: 108, y: 60 }, GREEN)
      await assertColour(path, seconds, { x: 10, y: 10 }, GREEN)
    }
  })

  test('half of the opacity is half of each colour, at the place and in the size that were asked for', async () => {
    await using folder = await temporaryFolder()
    await using task = await serveTask('untagged-small', {
      watermark: { of: 'title-jpeg', size: 0.5, margin: 0, position: 'bottom-right', opacity: 0.5 },
    })
    const plan = await planServed(task, fine)
    assert.deepEqual(
      { ...plan.watermark, assetId: '' },
      { assetId: '', width: 160, height: 90, x: 160, y: 90, opacity: 0.5 },
    )
    const path = await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
    await assertColour(path, 0.5, { x: 180, y: 120 }, [0x70, 0x70, 0x30])
    await assertColour(path, 0.5, { x: 300, y: 120 }, [0x20, 0x80, 0x80])
    await assertColour(path, 0.5, { x: 150, y: 120 }, GREEN)
  })

  const pictures: VideoName[] = ['title-png', 'title-jpeg', 'title-webp']
  for (const name of pictures) {
    test(`${name} before the video has the colours that it says, for as long as was asked for, and no watermark`, async () => {
      await using folder = await temporaryFolder()
      await using task = await serveTask('untagged-small', {
        intro: { of: name, seconds: 0.4 },
        outro: { of: { path: await turned(folder.path) }, seconds: 0.2 },
        watermark: { of: 'mark', size: 1, margin: 0, position: 'centre' },
      })
      const plan = await planServed(task, fine)
      assert.deepEqual(plan.frames, { intro: 10, body: 25, outro: 5, total: 40 })
      const path = await encodeWhole(plan, task.sourceUrl, folder.path, { assetUrls: task.assetUrls })
      for (const seconds of [0, 0.36]) {
        await assertColour(path, seconds, { x: 80, y: 90 }, RED)
        await assertColour(path, seconds, { x: 240, y: 90 }, BLUE)
      }
      await assertColour(path, 0.4, { x: 80, y: 90 }, RED)
      await assertColour(path, 0.4, { x: 240, y: 90 }, GREEN)
      // Turned by what its EXIF says: the left half is above, between black bars.
      await assertColour(path, 1.5, { x: 160, y: 40 }, RED)
      await assertColour(path, 1.5, { x: 160, y: 140 }, BLUE)
      await assertColour(path, 1.5, { x: 20, y: 90 }, BLACK)
    })
  }
})
