import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { suite, test } from 'node:test'
import type { VideoName } from '../../videos/recipes.ts'
import { convertVideo, lookAt, loudnessBetween } from './convert-video.ts'
import { rowsInTurn } from './rows-in-turn.ts'

type Row = readonly [VideoName, size: string, frames: number, rate: string, sound: boolean]

const mp4: readonly Row[] = [
  ['plain-moov-last', '1280x720', 150, '30/1', true],
  ['turned-phone', '720x1280', 150, '30/1', true],
  ['odd-size', '640x358', 60, '30/1', true],
  ['anamorphic', '1024x576', 50, '25/1', true],
  ['hdr-hlg', '640x360', 30, '30/1', true],
  ['one-frame', '320x180', 1, '30/1', false],
  ['silent', '320x180', 72, '24/1', false],
  ['sound-outlasts-picture', '320x180', 90, '30/1', true],
  ['matroska', '320x180', 211, '30/1', true],
]

const webm: readonly Row[] = [
  ['ntsc', '320x180', 90, '30000/1001', true],
  ['sound-5.1', '320x180', 60, '30/1', true],
  ['one-frame', '320x180', 1, '30/1', false],
  ['browser-recording', '320x180', 120, '30/1', true],
]

const check = async (preset: 'mp4-720p' | 'webm-720p', [name, size, frames, rate, sound]: Row) => {
  await using conversion = await convertVideo(name, preset)
  assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
  const { video, audio, durationSeconds } = await lookAt(conversion.outputPath)
  assert.equal(video?.nb_read_frames, String(frames))
  assert.equal(`${video.width}x${video.height}`, size)
  assert.equal(video.sample_aspect_ratio, '1:1')
  assert.equal(video.color_space, 'bt709')
  assert.equal(video.codec_name, preset === 'mp4-720p' ? 'h264' : 'vp9')
  assert.equal(audio?.codec_name, sound ? (preset === 'mp4-720p' ? 'aac' : 'opus') : undefined)
  const [num = 0, den = 1] = rate.split('/').map(Number)
  if (frames > 1) assert.equal(video.r_frame_rate, rate)
  assert.ok(Math.abs(durationSeconds - (frames * den) / num) < 0.02, `${durationSeconds} s`)
  if (sound) assert.ok((await loudnessBetween(conversion.outputPath, 0, durationSeconds)) > -40, 'the sound is heard')
}

suite('whole videos', { concurrency: 2 }, () => {
  for (const row of rowsInTurn(mp4, 3)) {
    test(`mp4-720p makes ${row[1]} of ${row[0]}, ${row[2]} frames ${row[4] ? 'with' : 'without'} sound`, () =>
      check('mp4-720p', row))
  }
  for (const row of rowsInTurn(webm, 3)) {
    test(`webm-720p makes ${row[1]} of ${row[0]}, ${row[2]} frames ${row[4] ? 'with' : 'without'} sound`, () =>
      check('webm-720p', row))
  }

  test('an mp4 begins with its index, so that it plays while it loads', async () => {
    await using conversion = await convertVideo('one-frame', 'mp4-720p')
    const bytes = await readFile(conversion.outputPath)
    assert.ok(bytes.indexOf('moov') < bytes.indexOf('mdat'))
  })
})
