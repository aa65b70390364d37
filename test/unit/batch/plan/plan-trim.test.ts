import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import { planTrim } from '@reelway/batch/plan/plan-trim.ts'
import type { VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { type TaskOptions, taskOptions } from '@reelway/shared/options/task-options.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { someFacts } from '../probe/some-facts.ts'

const trimOf = (trim: { startSeconds?: number; durationSeconds?: number; endSeconds?: number }) =>
  taskOptions.parse({ trim }).trim

type Changes = { video?: Partial<VideoFacts>; maxDurationSeconds?: number | null }

const planned = (trim: TaskOptions['trim'], { video = {}, maxDurationSeconds = null }: Changes = {}) =>
  planTrim(someFacts({ video }).video, { trim, maxDurationSeconds, frameRate: { num: 60, den: 1 } })

const stretch = (trim: TaskOptions['trim'], changes: Changes = {}) => {
  const found = planned(trim, changes)
  assert.ok(found.kind === 'stretch', JSON.stringify(found))
  return [found.fromSeconds, found.endSeconds, found.readSeconds]
}

test('without a trim all of the video is used, or as much of it as the preset takes', () => {
  assert.deepEqual(stretch(undefined), [0, 60, null])
  assert.deepEqual(stretch(undefined, { maxDurationSeconds: 18 }), [0, 18, 18.1])
})

test('a trim names its end by a length or a time, and reading ends there', () => {
  assert.deepEqual(stretch(trimOf({ startSeconds: 10, durationSeconds: 5 })), [10, 15, 15.1])
  assert.deepEqual(stretch(trimOf({ startSeconds: 10, endSeconds: 15 })), [10, 15, 15.1])
  assert.deepEqual(stretch(trimOf({ startSeconds: 10 })), [10, 60, null])
  assert.deepEqual(stretch(trimOf({ endSeconds: 0.5 })), [0, 0.5, 0.6])
})

test('an end behind the end of the video is the end of the video', () => {
  assert.deepEqual(stretch(trimOf({ startSeconds: 10, endSeconds: 100 }))[1], 60)
  assert.deepEqual(stretch(trimOf({ startSeconds: 10, durationSeconds: 100 }))[1], 60)
})

test('an end that means "to the end" is read no farther than ffmpeg can count', () => {
  assert.deepEqual(stretch(trimOf({ endSeconds: Number.MAX_SAFE_INTEGER })), [0, 60, 1_000_000])
  assert.deepEqual(stretch(trimOf({ durationSeconds: 1e300 })), [0, 60, 1_000_000])
})

test('a preset that takes 18 s takes them from the start of the trim on', () => {
  assert.deepEqual(stretch(trimOf({ startSeconds: 10 }), { maxDurationSeconds: 18 }), [10, 28, 28.1])
  assert.deepEqual(
    stretch(trimOf({ startSeconds: 10, durationSeconds: 2 }), { maxDurationSeconds: 18 }),
    [10, 12, 12.1],
  )
})

test('a trim begins with the frame of the source that is nearest, also of one that begins late', () => {
  assert.equal(stretch(trimOf({ startSeconds: 1.008 }))[0], 1)
  assert.equal(stretch(trimOf({ startSeconds: 1.009 }))[0], 1.016667)
  assert.equal(stretch(trimOf({ startSeconds: 1.009 }), { video: { startSeconds: 0.01 } })[0], 1.01)
  const film = { averageFrameRate: { num: 24, den: 1 }, baseFrameRate: { num: 24, den: 1 } }
  assert.equal(stretch(trimOf({ startSeconds: 1.01 }), { video: film })[0], 1)
})

test('a trim of a video whose rate varies begins where it was asked to', () => {
  const varying = { averageFrameRate: { num: 17, den: 1 }, baseFrameRate: { num: 90, den: 1 } }
  assert.equal(stretch(trimOf({ startSeconds: 1.009 }), { video: varying })[0], 1.009)
})

test('a trim that begins within the last frame has that frame', () => {
  assert.deepEqual(stretch(trimOf({ startSeconds: 59.999 })), [60 - 0.51 / 60, 60, null])
})

test('a trim that begins where the video ends is refused with both numbers', () => {
  assert.deepEqual(planned(trimOf({ startSeconds: 60 })), {
    kind: 'refused',
    code: 'trim_outside_video',
    parameters: { startSeconds: 60, durationSeconds: 60 },
  })
})

test('frames, sound and estimate of a plan are those of the trim, and a short trim of a very long video is accepted', () => {
  const limits = { partBudgetSeconds: 480, wholeBudgetSeconds: 480, cores: 2, costFactor: 1, sourceBytes: 1 }
  const facts = someFacts({ video: { endSeconds: 50_000 } })
  const options = { trim: trimOf({ startSeconds: 49_000, durationSeconds: 10 }) }
  for (const preset of [mp4720p, league]) {
    const result = planTranscode(facts, preset, options, limits)
    assert.ok(result.kind === 'planned', JSON.stringify(result))
    assert.equal(result.plan.frames.body, 600)
    assert.equal(result.plan.audio?.samples.body, 480_000)
    assert.ok(result.plan.estimateSeconds < 15)
    assert.equal(result.plan.parts.length, 1)
  }
})
