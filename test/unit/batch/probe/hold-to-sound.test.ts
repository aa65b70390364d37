import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdToSound } from '@reelway/batch/probe/hold-to-sound.ts'
import type { AudioFacts, VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { someFacts } from './some-facts.ts'

const slides: Partial<VideoFacts> = { averageFrameRate: { num: 17, den: 2 }, baseFrameRate: { num: 25, den: 1 } }

const endOf = (video: Partial<VideoFacts>, audio: Partial<AudioFacts> | null, container = 'mp4') => {
  const facts = someFacts({ video, audio })
  const held = holdToSound(container, facts.video, facts.audio)
  return [held.endSeconds, held.endKnownFrom]
}

test('the last slide is shown for as long as somebody talks', () => {
  assert.deepEqual(endOf(slides, { endSeconds: 75 }), [75, 'sound'])
  assert.deepEqual(endOf(slides, { endSeconds: 75 }, 'matroska'), [75, 'sound'])
})

test('one frame beside music is shown for as long as that plays', () => {
  const one = { averageFrameRate: { num: 30, den: 1 }, baseFrameRate: { num: 30, den: 1 }, endSeconds: 0.033333 }
  assert.deepEqual(endOf(one, { endSeconds: 75 }), [75, 'sound'])
  assert.deepEqual(endOf({ ...one, endSeconds: 0.066667 }, { endSeconds: 75 }), [0.066667, 'video-stream'])
})

test('the last packet of a sound does not make a picture longer', () => {
  assert.deepEqual(endOf(slides, { endSeconds: 60.1 }), [60, 'video-stream'])
})

test('a picture of a constant rate ends with its last frame, also one of fields', () => {
  assert.deepEqual(endOf({}, { endSeconds: 75 }), [60, 'video-stream'])
  const fields = { averageFrameRate: { num: 25, den: 1 }, baseFrameRate: { num: 50, den: 1 } }
  assert.deepEqual(endOf(fields, { endSeconds: 75 }), [60, 'video-stream'])
})

test('nothing is held for a sound whose end is not known, or of which there is none', () => {
  assert.deepEqual(endOf(slides, { endSeconds: 75, endKnownFrom: 'container' }), [60, 'video-stream'])
  assert.deepEqual(endOf(slides, null), [60, 'video-stream'])
  assert.deepEqual(endOf(slides, { endSeconds: 75 }, 'mpegts'), [60, 'video-stream'])
})
