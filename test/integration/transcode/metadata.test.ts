import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { saidBy } from '../../support/said-by.ts'
import { serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries, temporaryFolder } from './convert-video.ts'
import { encodeWhole, wholePlan } from './encode-parts.ts'

const converted = async (name: VideoName, preset: typeof mp4720p | typeof webm720p, options: TaskOptions) => {
  await using folder = await temporaryFolder()
  await using served = await serveFile(await makeVideo(name))
  const plan = await wholePlan(served.url, preset, options)
  return await saidBy((await binaries).ffprobe, await encodeWhole(plan, served.url, folder.path))
}

const SECRETS = /48\.8577|C39XK0ZZ|Ana/

suite('what a result says of itself', { concurrency: 2 }, () => {
  for (const preset of [mp4720p, webm720p]) {
    for (const name of ['says-much', 'says-much-android', 'says-much-mkv'] as const) {
      test(`${preset.name} of ${name} says nothing of its source unless it is asked to`, async () => {
        const { whole, tracks, bytes } = await converted(name, preset, {})
        assert.deepEqual(whole, {})
        assert.deepEqual(tracks, [{}, {}])
        assert.doesNotMatch(bytes, /48\.8577|C39XK0ZZ|Ana|Apple|iPhone|Acme|A walk|2024-05/)
      })
    }
  }

  test('an mp4 keeps title, time and camera under the names of QuickTime, and not where it was taken', async () => {
    const { whole, tracks, bytes } = await converted('says-much', mp4720p, { metadata: 'keep' })
    assert.deepEqual(whole, {
      title: 'A walk = "long"; -y',
      creation_time: '2024-05-06T07:08:09.000Z',
      'com.apple.quicktime.make': 'Apple',
      'com.apple.quicktime.model': 'iPhone 15 Pro',
    })
    const time = { creation_time: '2024-05-06T07:08:09.000000Z' }
    assert.deepEqual(tracks, [time, { ...time, language: 'fra' }])
    assert.doesNotMatch(bytes, SECRETS)
  })

  test('a webm keeps the same under names of its own', async () => {
    const { whole, tracks, bytes } = await converted('says-much', webm720p, { metadata: 'keep' })
    assert.deepEqual(whole, {
      title: 'A walk = "long"; -y',
      creation_time: '2024-05-06T07:08:09.000000Z',
      make: 'Apple',
      model: 'iPhone 15 Pro',
    })
    assert.deepEqual(tracks, [{}, { language: 'fra' }])
    assert.doesNotMatch(bytes, SECRETS)
  })

  for (const name of ['says-much', 'says-much-android', 'says-much-mkv'] as const) {
    test(`the place of ${name} is kept when that is asked for, and no number of the device`, async () => {
      const { whole, bytes } = await converted(name, mp4720p, { metadata: 'keep-location' })
      assert.equal(whole['com.apple.quicktime.location.iso6709'], '+48.8577+002.2950+035.000/')
      assert.doesNotMatch(bytes, /C39XK0ZZ/)
    })
  }
})
