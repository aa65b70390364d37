import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { makeVideo } from '../../videos/make-video.ts'
import { alignment, convertSound, samplesOf } from './convert-sound.ts'

const RATE_HZ = 48000
const START_SECONDS = 14.3

suite('a trim of sound alone', { concurrency: 2 }, () => {
  for (const [source, preset, least] of [
    ['long-wav', 'flac', 0.99999],
    ['long-wav', 'opus', 0.9],
    ['long-flac', 'flac', 0.99999],
    ['long-aiff', 'flac', 0.99999],
    ['long-m4a', 'flac', 0.9999],
    ['long-mkv', 'm4a', 0.98],
    ['long-ogg', 'flac', 0.9999],
    ['long-opus', 'flac', 0.9999],
    ['long-ts', 'flac', 0.9999],
    ['long-mp3', 'flac', 0.9999],
  ] as const) {
    test(`from the end of ${source} is in ${preset} what the whole has there, to the sample`, async () => {
      const trim = { startSeconds: START_SECONDS, endSeconds: 15.3, atKeyframes: false }
      await using conversion = await convertSound(source, preset, { trim })
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      const whole = (await samplesOf(await makeVideo(source))).subarray(START_SECONDS * RATE_HZ)
      const found = await samplesOf(conversion.outputPath)
      assert.ok(Math.abs(found.length - RATE_HZ) <= (preset === 'flac' ? 0 : 1200), `${found.length} samples`)
      for (const from of [1200, RATE_HZ - 8000]) {
        const { lateBy, likeness } = alignment(whole, found, { from, length: 4800, most: 300 })
        assert.ok(lateBy === 0 && likeness > least, `from ${from}: late by ${lateBy}, alike by ${likeness}`)
      }
    })
  }

  for (const source of ['large-wav', 'large-mov'] as const) {
    test(`from the end of ${source} reads little of what comes before`, async () => {
      const trim = { startSeconds: 148, atKeyframes: false }
      await using conversion = await convertSound(source, 'mp3', {
        trim,
        loudness: { integratedLufs: -23, truePeakDb: -1 },
      })
      assert.equal(conversion.result.kind, 'encoded', JSON.stringify(conversion.result))
      // 40 MB, of which a second is 0.26; it is opened three times.
      assert.ok(conversion.bytesSent < 15_000_000, `${conversion.bytesSent} bytes`)
    })
  }
})
