import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planSoundAlone } from '@reelway/batch/plan/plan-sound-alone.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { flac } from '@reelway/shared/presets/flac.ts'
import { m4a } from '@reelway/shared/presets/m4a.ts'
import { someFacts } from '../probe/some-facts.ts'

const HOUR = { durationSeconds: 3600, video: { endSeconds: 3600 }, audio: { endSeconds: 3600 } }

const planOf = (sourceBytes: number, options: object = {}) =>
  planSoundAlone(someFacts(HOUR), m4a, taskOptions.parse(options), {
    soundBudgetSeconds: 420,
    sourceBytes,
    outputLimitBytes: 2e9,
  })

test('sound that takes too long to read is refused, and half a minute from the start of it is not', () => {
  const whole = planOf(60e9)
  assert.deepEqual(whole, {
    kind: 'refused',
    code: 'video_too_long',
    parameters: { estimateSeconds: 1200, limitSeconds: 420 },
  })
  assert.equal(planOf(60e9, { trim: { startSeconds: 0, endSeconds: 30 } }).kind, 'planned')
})

test('the end of a large source is read alone, unless it has to be read from its beginning to be found', () => {
  const trim = { startSeconds: 3500, endSeconds: 3530 }
  assert.equal(planOf(60e9, { trim }).kind, 'planned')
  const mp3 = planSoundAlone({ ...someFacts(HOUR), container: 'mp3' }, m4a, taskOptions.parse({ trim }), {
    ...{ soundBudgetSeconds: 420, sourceBytes: 60e9, outputLimitBytes: 2e9 },
  })
  assert.equal(mp3.kind === 'refused' && mp3.code, 'video_too_long')
})

test('a recording that was compressed without loss is refused as flac before it is encoded, if that is sure to be too large', () => {
  const recording = (codec: string) => ({
    ...someFacts({
      ...HOUR,
      audio: { endSeconds: 3600, codec, bitsPerSecond: null, sampleRateHz: 192_000, bitsPerSample: 24 },
    }),
    video: null,
  })
  const album = recording('flac')
  const limits = { soundBudgetSeconds: 420, sourceBytes: 3e9, outputLimitBytes: 2e9 }
  const whole = planSoundAlone(album, flac, {}, limits)
  assert.deepEqual(whole, { kind: 'refused', code: 'result_too_large', parameters: { limitMegabytes: 2000 } })
  const trim = taskOptions.parse({ trim: { startSeconds: 0, endSeconds: 1800 } })
  assert.equal(planSoundAlone(album, flac, trim, limits).kind, 'planned')
  assert.equal(planSoundAlone(album, m4a, {}, limits).kind, 'planned')
  // What was never compressed may be silent.
  assert.equal(planSoundAlone(recording('pcm_s16le'), flac, {}, limits).kind, 'planned')
})
