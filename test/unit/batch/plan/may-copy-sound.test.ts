import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayCopySound } from '@reelway/batch/plan/may-copy-sound.ts'
import type { AudioFacts } from '@reelway/batch/probe/source-facts.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { flac } from '@reelway/shared/presets/flac.ts'
import { m4a } from '@reelway/shared/presets/m4a.ts'
import { mp3 } from '@reelway/shared/presets/mp3.ts'
import { someFacts } from '../probe/some-facts.ts'

const mayCopy = (audio: Partial<AudioFacts> = {}, options: object = {}) =>
  mayCopySound(someFacts({ audio }), m4a, taskOptions.parse(options))

test('the AAC of a video becomes an m4a as it is', () => {
  assert.ok(mayCopy())
  assert.ok(mayCopy({}, { metadata: 'keep', quality: 'best' }))
})

test('sound is encoded when its packets would have to be changed, or take more bits than are needed', () => {
  const changes: [Partial<AudioFacts>, object][] = [
    [{}, { trim: { startSeconds: 1 } }],
    [{}, { loudness: {} }],
    [{}, { quality: 'small' }],
    [{ profile: 'HE-AAC' }, {}],
    [{ channels: 6 }, {}],
    [{ sampleRateHz: 96_000 }, {}],
    [{ bitsPerSecond: 320_000 }, {}],
    [{ startSeconds: 0.5 }, {}],
    [{ codec: 'mp3' }, {}],
  ]
  for (const [audio, options] of changes) {
    assert.ok(!mayCopy(audio, options), JSON.stringify([audio, options]))
  }
})

test('sound that may become another in its middle is encoded', () => {
  assert.ok(!mayCopySound({ ...someFacts(), container: 'mpegts' }, m4a, {}))
})

test('flac keeps all channels, and an mp3 of the most bits stays as it is', () => {
  const of = (audio: Partial<AudioFacts>) => ({ ...someFacts({ audio }), container: 'matroska' })
  assert.ok(mayCopySound(of({ codec: 'flac', channels: 6, bitsPerSecond: 3_000_000 }), flac, {}))
  assert.ok(mayCopySound(of({ codec: 'mp3', bitsPerSecond: 320_000 }), mp3, {}))
})
