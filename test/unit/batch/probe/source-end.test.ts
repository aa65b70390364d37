import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EncodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { sourceEnd } from '@reelway/batch/probe/source-end.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { someFacts } from './some-facts.ts'

const planOf = (endKnownFrom: 'video-stream' | 'container', framesPerSecond = 60): EncodePlan => {
  const rate = { num: framesPerSecond, den: 1 }
  const facts = someFacts({ video: { endSeconds: 10, endKnownFrom, averageFrameRate: rate, baseFrameRate: rate } })
  const result = planTranscode(
    facts,
    mp4720p,
    {},
    {
      partBudgetSeconds: 480,
      wholeBudgetSeconds: 480,
      cores: 2,
      costFactor: 1,
      sourceBytes: 1,
    },
  )
  if (result.kind !== 'planned') throw new Error(result.code)
  return result.plan
}
const upTo = (endSeconds: number) => ({
  packets: 100,
  firstStartSeconds: 0,
  earliestStartSeconds: 0,
  packetsBeforeLastKey: 90,
  longestKeyGapSeconds: 1,
  unshownPackets: 0,
  lastStartSeconds: endSeconds - 0.01,
  endSeconds,
})

test('a source that goes on to its end, or past it, is complete', () => {
  assert.equal(sourceEnd(planOf('video-stream'), [upTo(10), upTo(10)]).kind, 'complete')
  assert.equal(sourceEnd(planOf('video-stream'), [upTo(11)]).kind, 'complete')
})

test('a quarter of a second less is rounding', () => {
  assert.equal(sourceEnd(planOf('video-stream'), [upTo(9.76)]).kind, 'complete')
})

test('more than that is missing, and both lengths are told', () => {
  assert.deepEqual(sourceEnd(planOf('video-stream'), [upTo(9.6)]), {
    kind: 'truncated',
    announcedSeconds: 10,
    foundSeconds: 9.6,
  })
})

test('at two frames a second two frames are a second', () => {
  assert.equal(sourceEnd(planOf('video-stream', 2), [upTo(9.1)]).kind, 'complete')
})

test('sound that goes on does not excuse a picture stream that announced its own end', () => {
  assert.equal(sourceEnd(planOf('video-stream'), [upTo(5), upTo(10)]).kind, 'truncated')
})

test('sound that goes on to the end of the container explains a picture that ends before it', () => {
  assert.equal(sourceEnd(planOf('container'), [upTo(5), upTo(10)]).kind, 'complete')
  assert.equal(sourceEnd(planOf('container'), [upTo(5), upTo(5)]).kind, 'truncated')
  assert.equal(sourceEnd(planOf('container'), [upTo(5)]).kind, 'truncated')
})

test('a source without one packet of picture is empty', () => {
  assert.equal(sourceEnd(planOf('container'), []).kind, 'empty')
  assert.equal(
    sourceEnd(planOf('container'), [
      { ...upTo(0), packets: 0, firstStartSeconds: null, lastStartSeconds: -1, endSeconds: -1 },
      upTo(10),
    ]).kind,
    'empty',
  )
})
