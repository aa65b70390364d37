import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EncodePlan, PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { countSoundPackets } from '@reelway/batch/ffmpeg/sound-packets.ts'
import { cutRest } from '@reelway/batch/plan/cut-rest.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { hls } from '@reelway/shared/presets/hls.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { webm720p } from '@reelway/shared/presets/webm-720p.ts'
import { someFacts } from '../probe/some-facts.ts'
import { aPlan } from './a-plan.ts'

const ofStream = ({ parts }: EncodePlan, stream: PlanPart['stream']) => parts.filter((part) => part.stream === stream)

/** That ranges meet, from 0 to an end, and that their weights are shares of the whole. */
const assertPartition = (plan: EncodePlan, packets: number) => {
  for (const [stream, end] of [['picture', plan.frames.body] as const, ['sound', packets] as const]) {
    const parts = ofStream(plan, stream)
    assert.deepEqual(
      [0, ...parts.map((part) => part.end)],
      [...parts.map((part) => part.start), end],
      `the ranges of the ${stream} meet`,
    )
  }
  assert.ok(Math.abs(plan.parts.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9)
}

test('a minute is one part', () => {
  assert.deepEqual(aPlan(60).parts, [{ stream: 'picture', start: 0, end: 3600, weight: 1 }])
})

test('two hours are cut so that no part is expected to take more than the budget, and the sound is one beside them', () => {
  const plan = aPlan(7200, { costFactor: 0.9 })
  assertPartition(plan, 337_501)
  assert.equal(ofStream(plan, 'sound').length, 1)
  const secondsPerFrame = (plan.estimateSeconds * 0.9) / plan.frames.body
  for (const { start, end } of ofStream(plan, 'picture')) {
    assert.equal(start % 240, 0)
    assert.ok((end - start) * secondsPerFrame <= 200, `${start} to ${end}`)
  }
})

test('without experience the estimate is taken for half as much again', () => {
  const count = (costFactor: number | undefined) => ofStream(aPlan(7200, { costFactor }), 'picture').length
  assert.equal(count(undefined), count(1.5))
  assert.ok(count(1.5) > count(1))
})

test('what just fits is one part, and a little more is not', () => {
  const { estimateSeconds } = aPlan(600, { partBudgetSeconds: 1e6 })
  assert.equal(aPlan(600, { partBudgetSeconds: estimateSeconds + 0.001 }).parts.length, 1)
  assert.ok(aPlan(600, { partBudgetSeconds: estimateSeconds - 0.001 }).parts.length > 1)
})

test('a source that takes long to read is cut for that alone, its sound, too, on whole packets of both rates', () => {
  const plan = aPlan(7200, { sourceBytes: 100e9, costFactor: 0.25 })
  assertPartition(plan, 337_501)
  assert.equal(ofStream(plan, 'sound').length, 11)
  for (const { start } of ofStream(plan, 'sound')) assert.equal(start % 375, 0)
})

test('twelve hours of sound take longer than a part may, and are cut', () => {
  const plan = aPlan(43_200, {}, { preset: webm720p })
  assertPartition(plan, 2_160_001)
  assert.equal(ofStream(plan, 'sound').length, 4)
})

test('a budget below a key frame interval gives single intervals, and no more than 2,000 parts', () => {
  assert.deepEqual(
    new Set(ofStream(aPlan(60, { partBudgetSeconds: 0.001 }), 'picture').map((p) => p.end - p.start)),
    new Set([240]),
  )
  const tooMany = planTranscode(
    someFacts({ video: { endSeconds: 40_000 } }),
    mp4720p,
    {},
    {
      ...{ partBudgetSeconds: 0.001, wholeBudgetSeconds: 1, cores: 1, costFactor: 1, sourceBytes: 1 },
    },
  )
  assert.equal(tooMany.kind === 'refused' && tooMany.code, 'video_too_long')
})

test('a preset that cannot be cut never is', () => {
  assert.equal(aPlan(60, { partBudgetSeconds: 0.001 }, { preset: { ...mp4720p, partable: false } }).parts.length, 1)
})

test('a stream that may not be cut is one piece for each leg of the picture and one of sound, however long they take', () => {
  const plan = aPlan(
    3600,
    { partBudgetSeconds: 1, wholeBudgetSeconds: 1e6 },
    { preset: hls, video: { clockLeaps: true } },
  )
  assert.equal(plan.parts.length, 2)
  assert.ok(plan.audio)
  assertPartition(plan, countSoundPackets(plan.audio))
  for (const part of plan.parts) {
    const handOver = { plan, part, kept: 0, encodeSeconds: 450, partBudgetSeconds: 1 }
    assert.deepEqual(cutRest(handOver), { kind: 'cannot-be-cut' }, part.stream)
  }
  // What stands before and after it is a source of its own.
  const bookends = { beforeSeconds: 1, afterSeconds: 1 }
  const between = aPlan(60, {}, { preset: { ...hls, bookends }, video: { clockLeaps: true } })
  assert.deepEqual(
    ofStream(between, 'picture').map(({ start, end }) => end - start),
    [60, 3600, 60],
  )
})
