import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { Client, downloadResult } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { usePlace } from './place.ts'

/** The codec and the seconds of the only stream of a file. */
const inspectSound = async (path: string) => {
  const argv = ['-v', 'error', '-show_entries', 'stream=codec_name:format=duration', '-of', 'csv=p=0', path]
  const { stdout } = await promisify(execFile)('ffprobe', argv)
  const [codec, seconds] = stdout.trim().split('\n')
  return { codec, seconds: Number(seconds) }
}

describe('a task that asks for sound alone', () => {
  const place = usePlace()
  let client: Client
  before(async () => {
    client = await Client.signUp(place.baseUrl)
  })

  for (const [source, preset, codec, seconds, options, isCopied] of [
    ['video-with-noise', 'm4a', 'aac', 2, {}, true],
    ['recording-wav', 'm4a', 'aac', 2, { metadata: 'keep' }, false],
    ['recording-with-cover', 'mp3', 'mp3', 1, { trim: { startSeconds: 0.5, durationSeconds: 1 } }, false],
  ] as const) {
    test(`${preset} of ${source} is completed with a file of that sound, which has no picture`, async () => {
      const task = await client.convert(await makeVideo(source), { preset, options })
      assert.equal(task.error, null)
      const [output] = task.outputs
      assert.equal(task.outputs.length, 1)
      assert.equal(output?.name, 'sound')
      assert.deepEqual([output.width, output.height, output.copied], [null, null, isCopied])
      assert.ok(Math.abs((output.durationSeconds ?? 0) - seconds) < 0.1, `${output.durationSeconds} s`)
      const cover = source === 'recording-with-cover' ? [64, 64] : null
      assert.deepEqual(task.poster && [task.poster.width, task.poster.height], cover)
      assert.equal(task.storyboard, null)
      const path = join(place.folder, `sound.${preset}`)
      await downloadResult(task, path)
      const found = await inspectSound(path)
      assert.equal(found.codec, codec)
      assert.ok(Math.abs(found.seconds - seconds) < 0.1, `${found.seconds} s`)
    })
  }

  test('a recording of a telephone is told of as sound without a picture', async () => {
    const phone = await client.convert(await makeVideo('amr-3gp'), { preset: 'mp3' })
    assert.equal(phone.error, null)
    const { width, height, frameRate, videoCodec, audioCodec, audioChannels, audioSampleRateHz } = phone.source ?? {}
    assert.deepEqual([width, height, frameRate, videoCodec], [null, null, null, null])
    assert.deepEqual([audioCodec, audioChannels, audioSampleRateHz], ['amr_nb', 1, 8000])
    assert.deepEqual([phone.poster, phone.storyboard], [null, null])
  })

  test('a cover comes along with the title that is kept', async () => {
    const covered = await client.convert(await makeVideo('recording-large-cover'), {
      ...{ preset: 'm4a', options: { metadata: 'keep' } },
    })
    assert.equal(covered.error, null)
    const path = join(place.folder, 'covered.m4a')
    await downloadResult(covered, path)
    const argv = ['-v', 'error', '-show_entries', 'stream=codec_name,width', '-of', 'csv=p=0', path]
    assert.deepEqual((await promisify(execFile)('ffprobe', argv)).stdout.trim().split('\n'), ['aac', 'mjpeg,1200'])
  })

  test('a recording for a preset with a picture fails with words that say so', async () => {
    const task = await client.convert(await makeVideo('recording-with-cover'), { preset: 'mp4-720p' })
    assert.equal(task.error?.code, 'no_picture')
  })
})
