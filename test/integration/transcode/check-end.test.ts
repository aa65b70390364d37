import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { checkEnd } from '@reelway/batch/transcode/check-end.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { type Fault, serveFile } from '../../support/serve-file.ts'
import { makeVideo } from '../../videos/make-video.ts'
import type { VideoName } from '../../videos/recipes.ts'
import { binaries } from './convert-video.ts'
import { wholePlan } from './encode-parts.ts'

const check = async (name: VideoName, fault?: Fault) => {
  const path = await makeVideo(name)
  await using whole = await serveFile(path)
  const plan = await wholePlan(whole.url, mp4720p)
  await using served = await serveFile(path, fault)
  const signal = new AbortController().signal
  return await checkEnd({ binaries: await binaries, plan, sourceUrl: served.url, stallLimitSeconds: 2, signal })
}

const complete: VideoName[] = [
  'five-minutes',
  'open-gop-mkv',
  'open-gop-ts',
  'rare-keys-ts',
  'gap',
  'old-camera-longer',
]

const short: readonly (readonly [VideoName, number, number])[] = [
  ['cut-open-gop', 16, 11.1],
  ['cut-open-gop-mkv', 16, 11.2],
  ['cut-five-minutes', 300, 208.3],
]

suite('checkEnd', { concurrency: 2 }, () => {
  for (const name of complete) {
    test(`${name} reaches its end`, async () => {
      assert.deepEqual(await check(name), { kind: 'complete' })
    })
  }

  for (const [name, announcedSeconds, foundSeconds] of short) {
    test(`${name} is refused: it announces ${announcedSeconds} s and ends after ${foundSeconds}`, async () => {
      const parameters = { announcedSeconds, foundSeconds }
      assert.deepEqual(await check(name), { kind: 'refused', code: 'source_truncated', parameters })
    })
  }

  test('a source that goes silent is not taken for one that is cut short', async () => {
    const result = await check('five-minutes', { kind: 'silent', atByte: 100_000 })
    assert.equal(result.kind === 'failed' && result.code, 'source_unreachable', JSON.stringify(result))
  })
})
