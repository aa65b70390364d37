import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { VideoName } from '../../videos/recipes.ts'
import { brightnessAt, convertVideo, lookAt, loudnessBetween } from './convert-video.ts'
import { rowsInTurn } from './rows-in-turn.ts'

/** The clip, and the frames and the rate of its league result: with one second of logo before and after. */
const table: readonly (readonly [VideoName, number, string])[] = [
  ['seven-seconds', 270, '30/1'],
  ['five-minutes', 200, '10/1'],
  ['odd-size', 120, '30/1'],
  ['interlaced', 100, '25/1'],
  ['hdr-pq', 90, '30/1'],
  ['tagged-bt601', 75, '25/1'],
  ['ntsc', 150, '30000/1001'],
  ['slow-motion', 240, '60/1'],
  ['variable-rate', 204, '30/1'],
  ['long-last-frame', 210, '30/1'],
  ['two-tenths', 66, '30/1'],
  ['one-frame', 62, '30/1'],
  ['edit-list', 171, '30/1'],
  ['late-picture', 150, '30/1'],
  ['silent', 120, '24/1'],
  ['sound-5.1', 120, '30/1'],
  // Matroska keeps the 21 ms that AAC starts early: its picture begins, and ends, one frame later.
  ['sound-outlasts-picture-mkv', 151, '30/1'],
  ['fragmented', 271, '30/1'],
  ['from-the-air', 151, '25/1'],
  ['browser-recording', 180, '30/1'],
  ['old-camera', 150, '25/1'],
]

suite('league', { concurrency: 2 }, () => {
  for (const [name, frames, rate] of rowsInTurn(table, 7)) {
    test(`${name} becomes ${frames} frames at ${rate} with sound of the same length`, async () => {
      await using conversion = await convertVideo(name, 'league')
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      const { video, audio, durationSeconds, tags } = await lookAt(conversion.outputPath)
      assert.equal(video?.nb_read_frames, String(frames))
      assert.equal(video.r_frame_rate, rate)
      assert.deepEqual(
        [video.codec_name, video.width, video.height, video.sample_aspect_ratio],
        ['h264', 640, 360, '1:1'],
      )
      assert.deepEqual([video.pix_fmt, video.color_range, video.color_space], ['yuv420p', 'tv', 'bt709'])
      assert.equal(video.side_data_list, undefined)
      assert.deepEqual([audio?.codec_name, audio?.channels, audio?.sample_rate], ['aac', 2, '48000'])
      const [num = 0, den = 1] = rate.split('/').map(Number)
      const seconds = (frames * den) / num
      assert.ok(Math.abs(durationSeconds - seconds) < 0.002, `${durationSeconds} s`)
      assert.ok(Math.abs(Number(audio?.duration) - seconds) < 0.002, `${audio?.duration} s of sound`)
      assert.deepEqual(Object.keys(tags).sort(), ['compatible_brands', 'encoder', 'major_brand', 'minor_version'])
      assert.equal(conversion.fractions.at(-1), 1)
    })
  }

  test('the logo is silent, the video between is not', async () => {
    await using conversion = await convertVideo('plain', 'league')
    const loudness = await Promise.all(
      [[0, 0.95] as const, [1.5, 5.5] as const, [6.1, 7] as const].map(([from, to]) =>
        loudnessBetween(conversion.outputPath, from, to),
      ),
    )
    assert.ok(Number(loudness[0]) < -60, `${loudness[0]} dB during the first logo`)
    assert.ok(Number(loudness[1]) > -30, `${loudness[1]} dB during the video`)
    assert.ok(Number(loudness[2]) < -60, `${loudness[2]} dB during the last logo`)
  })

  test('sound that starts a second late starts a second late between the logos too', async () => {
    await using conversion = await convertVideo('late-sound', 'league')
    assert.ok((await loudnessBetween(conversion.outputPath, 1.1, 1.9)) < -60)
    assert.ok((await loudnessBetween(conversion.outputPath, 2.1, 2.9)) > -30)
  })

  test('a turned phone video stands upright between black bars, and the logo fills the frame', async () => {
    await using conversion = await convertVideo('turned-phone', 'league')
    const bar = { x: 0, y: 0, w: 200, h: 360 }
    const middle = { x: 230, y: 0, w: 180, h: 360 }
    assert.ok(Number(await brightnessAt(conversion.outputPath, 3, bar)) <= 17, 'the bar is black')
    assert.ok(Number(await brightnessAt(conversion.outputPath, 3, middle)) > 60, 'the middle is the picture')
    // Turned, the first of the upright bars of testsrc2 lies at the bottom: red is darker than the cyan of the last.
    const top = Number(await brightnessAt(conversion.outputPath, 3, { ...middle, h: 40, w: 60 }))
    const bottom = Number(await brightnessAt(conversion.outputPath, 3, { ...middle, x: 330, y: 310, w: 60, h: 40 }))
    assert.ok(top > bottom + 30, `${top} above, ${bottom} below`)
    assert.ok(Number(await brightnessAt(conversion.outputPath, 0, bar)) > 17, 'the logo has no bars')
  })
})
