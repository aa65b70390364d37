import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { promisify } from 'node:util'
import { presets, type SoundPresetName } from '@reelway/shared/presets/catalogue.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { convertSound, samplesOf } from './convert-sound.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { copySoundOf } from './copy-sound-of.ts'
import { soundPacketsOf } from './encode-parts.ts'

/** What a player finds of covers in a file: codec, width, height, whether it is a cover, and what is said of it. */
const coversOf = async (path: string): Promise<string[]> => {
  const entries = 'stream=codec_name,width,height:stream_disposition=attached_pic:stream_tags=comment'
  const argv = ['-v', 'error', '-select_streams', 'v', '-show_entries', entries, '-of', 'csv=p=0', path]
  const { stdout } = await promisify(execFile)((await binaries).ffprobe, argv)
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '')
}

suite('the cover of a recording', { concurrency: 2 }, () => {
  const kept: readonly (readonly [VideoName, SoundPresetName, string])[] = [
    ['recording-with-cover', 'm4a', 'mjpeg,64,64,1'],
    ['recording-with-cover', 'mp3', 'mjpeg,64,64,1,Cover (front)'],
    ['recording-with-cover', 'flac', 'mjpeg,64,64,1,Cover (front)'],
    ['recording-large-cover', 'm4a', 'mjpeg,1200,800,1'],
  ]
  for (const [source, preset, cover] of kept) {
    test(`${source} becomes ${preset} with it when its title is kept, and not longer by it`, async () => {
      await using conversion = await convertSound(source, preset, { metadata: 'keep' })
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      assert.deepEqual(await coversOf(conversion.outputPath), [cover])
      const seconds = (await samplesOf(conversion.outputPath)).length / 48000
      assert.ok(Math.abs(seconds - 2) < 0.03, `${seconds} s`)
    })
  }

  test('is not in a result that is to say nothing of its source', async () => {
    await using conversion = await convertSound('recording-with-cover', 'm4a')
    assert.deepEqual(await coversOf(conversion.outputPath), [])
  })

  test('is not in an Ogg, and no reason to refuse one', async () => {
    await using conversion = await convertSound('recording-with-cover', 'opus', { metadata: 'keep' })
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    assert.deepEqual(await coversOf(conversion.outputPath), [])
  })

  test('is left out when it is damaged, and the recording is converted', async () => {
    await using conversion = await convertSound('recording-broken-cover', 'm4a', { metadata: 'keep' })
    assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
    assert.deepEqual(await coversOf(conversion.outputPath), [])
  })

  for (const [source, preset] of [
    ['recording-with-cover', 'mp3'],
    ['recording-large-cover', 'flac'],
  ] as const) {
    test(`stays with ${source} that is copied as ${preset}, beside the same packets`, async () => {
      await using folder = await temporaryFolder()
      const path = join(folder.path, `copied.${presets[preset].container.extension}`)
      const result = await copySoundOf(source, preset, path, { metadata: 'keep' })
      assert.equal(result.kind, 'encoded', JSON.stringify(result))
      assert.equal((await coversOf(path)).length, 1)
      assert.deepEqual(await soundPacketsOf(path), await soundPacketsOf(await makeVideo(source)))
    })
  }
})
