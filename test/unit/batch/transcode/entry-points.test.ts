import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { entryPoints, wholeEntryPoints } from '@reelway/batch/transcode/entry-points.ts'
import { aPlan } from '../plan/a-plan.ts'

const plan = aPlan(7200)
const within = (container: string, videoStartSeconds = 0) => ({
  ...plan,
  source: { ...plan.source, container, videoStartSeconds },
})
const picture = (start: number): PlanPart => ({ stream: 'picture', start, end: start + 240, weight: 0.1 })
const beginning = { fromSeconds: null, latestSeconds: null, latestSoundSeconds: null }

test('the first part is read from the beginning, and proves nothing by that', () => {
  assert.deepEqual(entryPoints(plan, picture(0)), [beginning])
})

test('a part is entered a second before it, then six times as far, and at last at the beginning', () => {
  const points = entryPoints(plan, picture(6000))
  assert.deepEqual(
    points.map(({ fromSeconds }) => fromSeconds),
    [99, 94, 64, null],
  )
  assert.deepEqual(
    points.map(({ latestSeconds }) => latestSeconds),
    [100, 100, 100, null],
  )
})

test('a recording from the air is entered ten seconds before, for its key frames are where they are', () => {
  assert.equal(entryPoints(within('mpegts'), picture(6000))[0]?.fromSeconds, 90)
})

test('a part before the picture has begun is read from the beginning', () => {
  assert.deepEqual(entryPoints(within('mp4', 100), picture(6000)), [beginning])
})

test('a piece of the sound is entered before its lead', () => {
  const [point] = entryPoints(plan, { stream: 'sound', start: 1000, end: 2000, weight: 0.1 })
  assert.deepEqual(point, { fromSeconds: 15, latestSeconds: 16, latestSoundSeconds: null })
})

test('a whole is read from the beginning, and one that begins late from a little before, where its sound must be met, too', () => {
  assert.deepEqual(wholeEntryPoints(plan), [beginning])
  const trimmed = { ...plan, source: { ...plan.source, fromSeconds: 100 } }
  assert.deepEqual(wholeEntryPoints(trimmed)[0], { fromSeconds: 99, latestSeconds: 100, latestSoundSeconds: 99.9 })
  assert.deepEqual(wholeEntryPoints(trimmed).at(-1), beginning)
  assert.equal(wholeEntryPoints({ ...trimmed, audio: null })[0]?.latestSoundSeconds, null)
})

test('sound that begins later than the trim is met early enough at its own beginning', () => {
  const source = { ...plan.source, fromSeconds: 100, audioStartSeconds: 130 }
  assert.ok((wholeEntryPoints({ ...plan, source })[0]?.latestSoundSeconds ?? 0) >= 130)
})

test('a part of a trimmed video is entered where the trim has it', () => {
  const trimmed = { ...plan, source: { ...plan.source, fromSeconds: 100 } }
  assert.equal(entryPoints(trimmed, picture(6000))[0]?.fromSeconds, 199)
  const [sound] = entryPoints(trimmed, { stream: 'sound', start: 1000, end: 2000, weight: 0.1 })
  assert.equal(sound?.fromSeconds, 115)
})
