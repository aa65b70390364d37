import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { previewCover } from '@reelway/batch/previews/preview-cover.ts'
import { previewFile } from '@reelway/batch/previews/preview-file.ts'
import { previewWhole } from '@reelway/batch/previews/preview-whole.ts'
import { probeSource } from '@reelway/batch/probe/probe.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import { encodeWhole, wholePlan } from '../transcode/encode-parts.ts'
import { av1, canvas, h264, hevc, opus, pictureInput, soundInput, vp9 } from './mux-clips.ts'
import { assertTilesOf, makeFile, meanOf, openPreviewPlace, sizeOf } from './preview-place.ts'

const FRAMES = 100
const everything = { fromSeconds: 0, toSeconds: 4 }
/** Twenty-five frames a second, a key frame every twenty. */
const clip = [...pictureInput('25', 0, FRAMES), ...soundInput(4 * 48_000)]
const film = { ...canvas, durationSeconds: 4, body: everything }

describe('each tile of the storyboard shows the moment that it says, and the poster comes in both forms', () => {
  const encoders: [name: string, format: 'mp4' | 'webm', argv: string[]][] = [
    ['H.264, whose frames are not in order', 'mp4', [...h264(25_000), '-bf', '2', '-c:a', 'aac']],
    ['HEVC', 'mp4', [...hevc(25_000), '-c:a', 'aac']],
    ['AV1', 'mp4', [...av1(25_000), ...opus]],
    // Its picture begins some milliseconds after the sound.
    ['VP9 in a webm', 'webm', [...vp9(25_000).slice(0, -2), ...opus]],
  ]
  for (const [name, format, argv] of encoders) {
    test(`of ${name}`, async () => {
      await using place = await openPreviewPlace()
      const path = await makeFile(place, `result.${format}`, ...clip, ...argv)
      const { sprite, poster } = await previewFile(place, { path, format, ...film })
      assert.ok(sprite && poster)
      const starts = await assertTilesOf(place, path, sprite)
      // Key frames at 0, 0.8, 1.6, 2.4 and 3.2 s, of which one is taken in each second.
      assert.deepEqual(
        starts.map((millis) => Math.round(millis / 100)),
        [0, 16, 24, 32],
      )
      assert.equal(sprite.storyboard.endMillis, 4000)
      assert.equal(await sizeOf(place, sprite.path), '512x72')
      for (const picture of [poster.jpegPath, poster.webpPath]) assert.equal(await sizeOf(place, picture), '128x72')
    })
  }

  test('of a copy with key frames where its maker wanted them, and of a portrait', async () => {
    await using place = await openPreviewPlace()
    const keys = ['-g', '250', '-sc_threshold', '0', '-force_key_frames', '0.48,0.52,1.04,3.96']
    const portrait = [...pictureInput('25', 0, FRAMES), '-vf', 'transpose', '-c:v', 'libx264', '-pix_fmt', 'yuv420p']
    const path = await makeFile(place, 'result.mp4', ...portrait, ...keys)
    const size = { width: 72, height: 128 }
    const { sprite } = await previewFile(place, { path, format: 'mp4', ...film, ...size })
    assert.ok(sprite)
    assert.deepEqual(await assertTilesOf(place, path, sprite), [0, 1040, 3960])
    assert.deepEqual([sprite.storyboard.tileWidth, sprite.storyboard.tileHeight], [72, 128])
  })
})

test('a picture that begins a little late, with one key frame, has both', async () => {
  await using place = await openPreviewPlace()
  const [soundFirst, late] = [soundInput(4 * 48_000), ['-itsoffset', '0.05', ...pictureInput('25', 0, FRAMES)]]
  const path = await makeFile(
    place,
    'result.mp4',
    ...soundFirst,
    ...late,
    ...h264(25_000),
    '-g',
    '250',
    '-fps_mode',
    'passthrough',
    '-c:a',
    'aac',
  )
  const { sprite, poster } = await previewFile(place, { path, format: 'mp4', ...film })
  assert.deepEqual(sprite?.storyboard.startsMillis, [0])
  assert.ok(poster)
  assert.equal(await sizeOf(place, poster.jpegPath), '128x72')
})

describe('a poster shows', () => {
  const colour = (name: string, seconds: number) => ['-f', 'lavfi', '-i', `color=${name}:s=128x72:r=25:d=${seconds}`]
  const joined = (inputs: number) => [
    ...['-filter_complex', `concat=n=${inputs}`],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '250', '-sc_threshold', '0'],
    ...['-color_range', 'tv', '-colorspace', 'bt709'],
  ]

  test('what comes after the black of the only key frame', async () => {
    await using place = await openPreviewPlace()
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=128x72:r=25:d=3']
    const path = await makeFile(place, 'result.mp4', ...colour('black', 1), ...picture, ...joined(2))
    const { sprite, poster } = await previewFile(place, { path, format: 'mp4', ...film })
    assert.deepEqual(sprite?.storyboard.startsMillis, [0])
    assert.ok(poster)
    const mean = await meanOf(place, poster.jpegPath)
    assert.ok(Math.max(...mean) > 60, String(mean))
  })

  test('the body, however little there is of it, and not the logo before and after it', async () => {
    await using place = await openPreviewPlace()
    const logo = ['-f', 'lavfi', '-i', 'smptebars=s=128x72:r=25:d=1.5']
    const body = ['-f', 'lavfi', '-i', 'gradients=s=128x72:r=25:d=1:c0=0xe02020:c1=0x400808:n=2:speed=0.00001:seed=1']
    const path = await makeFile(place, 'result.mp4', ...logo, ...body, ...logo, ...joined(3))
    const stretch = { fromSeconds: 1.5, toSeconds: 2.5 }
    const { poster } = await previewFile(place, { path, format: 'mp4', ...canvas, durationSeconds: 4, body: stretch })
    assert.ok(poster)
    for (const picture of [poster.jpegPath, poster.webpPath]) {
      const [red = 0, green = 0] = await meanOf(place, picture)
      assert.ok(red > 100 && green < 60, `red ${red}, green ${green}`)
    }
  })

  test('what comes after the black that an animation begins with, in either form', async () => {
    await using place = await openPreviewPlace()
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=128x72:r=25:d=3']
    const source = await makeFile(place, 'source.mp4', ...colour('black', 1), ...picture, ...joined(2))
    await using served = await serveFile(source)
    const madeOf = { sourceUrl: served.url, assetUrls: {}, threads: 2 }
    for (const preset of [presets.gif, presets.webp]) {
      const plan = await wholePlan(served.url, preset)
      // Of a WebP, the result is not looked at.
      const path = preset.name === 'gif' ? await encodeWhole(plan, served.url, place.folder, { name: 'a.gif' }) : ''
      const { poster, sprite } = await previewWhole(place, plan, { path, ...plan.canvas, durationSeconds: 4 }, madeOf)
      assert.ok(poster && sprite === null)
      assert.equal(await sizeOf(place, poster.webpPath), '128x72')
      const mean = await meanOf(place, poster.jpegPath)
      assert.ok(Math.max(...mean) > 60, `${preset.name}: ${mean}`)
    }
  })

  test('the cover of a recording', async () => {
    await using place = await openPreviewPlace()
    await using served = await serveFile(await makeVideo('recording-with-cover'))
    const probed = await probeSource(place.binaries, served.url, place.signal)
    assert.ok(probed.kind === 'probed' && probed.facts.coverIndex !== null)
    const { poster } = await previewCover(place, served.url, probed.facts.coverIndex)
    assert.ok(poster)
    for (const picture of [poster.jpegPath, poster.webpPath]) {
      assert.equal(await sizeOf(place, picture), '64x64')
      const [red = 0, green = 0] = await meanOf(place, picture)
      assert.ok(red > 240 && green < 16, `red ${red}, green ${green}`)
    }
  })

  test('a black film as it is', async () => {
    await using place = await openPreviewPlace()
    const path = await makeFile(place, 'result.mp4', ...colour('black', 4), ...joined(1))
    const { poster } = await previewFile(place, { path, format: 'mp4', ...film })
    assert.ok(poster)
    assert.ok(Math.max(...(await meanOf(place, poster.jpegPath))) < 8)
  })
})
