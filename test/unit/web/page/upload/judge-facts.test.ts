import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileFacts } from '../../../../../services/web/page/probe/file-facts.ts'
import { judgeFacts } from '../../../../../services/web/page/upload/judge-facts.ts'

const LIMIT_SECONDS = 43_200
const film: FileFacts = {
  ...{ durationSeconds: 60, width: 640, height: 360, videoCodec: 'avc', audioCodec: 'aac' },
  ...{ hasPicture: true, hasSound: true },
}
const preset = (kind: 'video' | 'sound' | 'picture', usedSeconds: number | null = null) => ({
  kind,
  limits: { sourceSeconds: LIMIT_SECONDS, usedSeconds, size: null, framesPerSecond: null },
})
const whole = { options: {} }

test('sound alone cannot become a video, and what is silent no sound', () => {
  const sound = { ...film, width: null, height: null, videoCodec: null, hasPicture: false }
  assert.deepEqual(judgeFacts(sound, preset('video'), whole), { kind: 'no-picture' })
  assert.deepEqual(judgeFacts(sound, preset('picture'), whole), { kind: 'no-picture' })
  assert.equal(judgeFacts(sound, preset('sound'), whole), undefined)
  const silent = { ...film, audioCodec: null, hasSound: false }
  assert.deepEqual(judgeFacts(silent, preset('sound'), whole), { kind: 'no-sound' })
  assert.equal(judgeFacts(silent, preset('video'), whole), undefined)
})

test('what the probe is not sure of is left to the service', () => {
  const unsure = { ...film, width: null, height: null, videoCodec: null, hasPicture: null, hasSound: null }
  assert.equal(judgeFacts(unsure, preset('video'), whole), undefined)
  assert.equal(judgeFacts({ ...unsure, durationSeconds: null }, preset('sound'), whole), undefined)
})

test('a video may be longer than the limit when only a part of it is used', () => {
  const day = { ...film, durationSeconds: 2 * LIMIT_SECONDS }
  const tooLong = { kind: 'too-long', limitSeconds: LIMIT_SECONDS }
  assert.deepEqual(judgeFacts(day, preset('video'), whole), tooLong)
  const trimmed = (trim: { startSeconds: number; endSeconds?: number; durationSeconds?: number }) =>
    judgeFacts(day, preset('video'), { options: { trim: { atKeyframes: false, ...trim } } })
  assert.equal(trimmed({ startSeconds: 10, durationSeconds: 60 }), undefined)
  assert.equal(trimmed({ startSeconds: LIMIT_SECONDS }), undefined)
  assert.equal(trimmed({ startSeconds: 0, endSeconds: LIMIT_SECONDS }), undefined)
  assert.deepEqual(trimmed({ startSeconds: 10 }), tooLong)
  assert.equal(judgeFacts(day, preset('video', 18), whole), undefined)
  assert.equal(judgeFacts(day, preset('picture'), whole), undefined)
})
