import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { entryPoints } from '@reelway/batch/transcode/entry-points.ts'
import { aPlan } from './a-plan.ts'

const plan = aPlan(7200)
const within = (container: string, videoStartSeconds = 0) => ({
  ...plan,
  source: { ...plan.source, container, videoStartSeconds },
})
const picture = (start: number): PlanPart => ({ stream: 'picture', start, end: start + 240, weight: 0.1 })
const beginning = { fromSeconds: null, latestSeconds: null }

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
  assert.deepEqual(point, { fromSeconds: 15, latestSeconds: 16 })
})
