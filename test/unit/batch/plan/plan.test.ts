import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePlan } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { planTranscode } from '@reelway/batch/plan/plan.ts'
import type { SourceFacts, VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { someFacts } from '../probe/some-facts.ts'

const limits = {
  partBudgetSeconds: 480,
  wholeBudgetSeconds: 480,
  cores: 2,
  costFactor: 1,
  sourceBytes: 1,
}

const planned = (facts: SourceFacts, preset: VideoPreset) => {
  const result = planTranscode(facts, preset, {}, limits)
  assert.equal(result.kind, 'planned', JSON.stringify(result))
  if (result.kind !== 'planned') throw new Error('not planned')
  return result.plan
}

for (const preset of Object.values(presets).filter((preset) => preset.video !== null)) {
  test(`a plan of ${preset.name} is the same after it was stored as JSON and read back`, () => {
    const plan = planned(someFacts(), preset)
    assert.deepEqual(encodePlan.parse(JSON.parse(JSON.stringify(plan))), plan)
  })
}

test('league takes 18 s of a longer video and puts one second of logo on both sides', () => {
  const plan = planned(someFacts(), league)
  assert.deepEqual(plan.frames, { intro: 60, body: 1080, outro: 60, total: 1200 })
  assert.deepEqual(plan.audio?.samples, { intro: 48000, body: 864000, outro: 48000 })
  assert.equal(plan.source.endSeconds, 18)
  assert.equal(plan.source.readSeconds, 18.1)
})

test('league takes all of a shorter video', () => {
  assert.equal(planned(someFacts({ video: { endSeconds: 7 } }), league).frames.body, 420)
})

test('a picture between logos is at least two frames, for a leg of one is lost', () => {
  assert.equal(planned(someFacts({ video: { endSeconds: 0.001 } }), league).frames.body, 2)
  assert.equal(planned(someFacts({ video: { endSeconds: 0.001 } }), mp4720p).frames.body, 1)
})

test('a logo is at least two frames, too, however few a second are allowed', () => {
  const result = planTranscode(someFacts(), league, { maxFrameRate: 1 }, limits)
  assert.deepEqual(result.kind === 'planned' && result.plan.frames, { intro: 2, body: 18, outro: 2, total: 22 })
})

test('the estimate grows and shrinks with the size that was asked for', () => {
  const estimateOf = (width: number, height: number) => {
    const options = taskOptions.parse({ fit: { width, height } })
    const result = planTranscode(someFacts(), mp4720p, options, limits)
    return result.kind === 'planned' ? result.plan.estimateSeconds : Number.NaN
  }
  assert.ok(estimateOf(3840, 2160) > 2 * estimateOf(1280, 720))
  assert.ok(estimateOf(320, 180) < estimateOf(1280, 720))
})

test('sound at a rate of 1001 is rounded at each border and adds up to the sample', () => {
  const rate = { num: 30000, den: 1001 }
  const plan = planned(someFacts({ video: { averageFrameRate: rate, baseFrameRate: rate } }), league)
  assert.deepEqual(plan.frames, { intro: 30, body: 539, outro: 30, total: 599 })
  assert.deepEqual(plan.audio?.samples, { intro: 48048, body: 863262, outro: 48048 })
})

test('a source without sound gives silence in league and no sound track in mp4-720p', () => {
  assert.equal(planned(someFacts({ audio: null }), league).audio?.from, 'silence')
  assert.equal(planned(someFacts({ audio: null }), mp4720p).audio, null)
})

test('only interlaced sources are deinterlaced', () => {
  const deinterlaced = (fieldOrder: string | null) =>
    planned(someFacts({ video: { fieldOrder } }), league).source.deinterlace
  assert.deepEqual(['tt', 'bb', 'progressive', 'unknown', null].map(deinterlaced), [true, true, false, false, false])
})

test('high dynamic range is mapped, and a stated BT.601 is converted', () => {
  const source = (video: Partial<VideoFacts>) => planned(someFacts({ video }), league).source
  assert.equal(source({ colourTransfer: 'smpte2084' }).toneMap, 'pq')
  assert.equal(source({ colourTransfer: 'arib-std-b67' }).toneMap, 'hlg')
  assert.equal(source({ colourTransfer: 'bt709' }).toneMap, null)
  assert.equal(source({ colourSpace: 'smpte170m' }).convertFrom, 'bt601')
  assert.equal(source({ colourSpace: null }).convertFrom, null)
})

test('an untagged picture is taken for BT.601 up to 576 lines, whichever way it is turned, and for BT.709 above', () => {
  const matrixOf = (codedWidth: number, codedHeight: number, colourSpace: string | null = null) =>
    planned(someFacts({ video: { codedWidth, codedHeight, colourSpace } }), league).source.convertFrom
  assert.equal(matrixOf(640, 360), 'bt601')
  assert.equal(matrixOf(720, 576, 'unknown'), 'bt601')
  assert.equal(matrixOf(360, 640), 'bt601')
  assert.equal(matrixOf(1280, 720), null)
  assert.equal(matrixOf(640, 360, 'bt709'), null)
})

test('a video whose encode would not fit the budget is refused with the two numbers when its preset cannot be cut', () => {
  const facts = someFacts({ durationSeconds: 36_000, video: { endSeconds: 36_000 } })
  const result = planTranscode(facts, { ...mp4720p, partable: false }, {}, limits)
  assert.equal(result.kind, 'refused')
  if (result.kind !== 'refused') return
  assert.equal(result.code, 'video_too_long')
  assert.equal(result.parameters.limitSeconds, 480)
  assert.ok(Number(result.parameters.estimateSeconds) > 480)
})

test('more than twelve hours are refused with the two numbers', () => {
  const result = planTranscode(someFacts({ video: { endSeconds: 43_201 } }), mp4720p, {}, limits)
  assert.equal(result.kind === 'refused' && result.code, 'duration_too_long')
  assert.deepEqual(result.kind === 'refused' && result.parameters, { durationSeconds: 43_201, limitSeconds: 43_200 })
})

test('the same long video is no trouble for league, which takes its first 18 s', () => {
  const facts = someFacts({ durationSeconds: 36_000, video: { endSeconds: 36_000 } })
  assert.ok(planned(facts, league).estimateSeconds < 15)
})

test('a picture of 16000x8000 is refused', () => {
  const result = planTranscode(someFacts({ video: { codedWidth: 16_000, codedHeight: 8_000 } }), league, {}, limits)
  assert.equal(result.kind === 'refused' && result.code, 'picture_too_large')
})

for (const [name, width, height] of [
  ['av1-mp4-720p', 200, 48],
  ['av1-webm-720p', 48, 200],
  ['hevc-1080p', 200, 12],
] as const) {
  test(`${name} of a picture of ${width}x${height} is refused before its encoder is asked`, () => {
    const facts = someFacts({
      video: { codedWidth: width, codedHeight: height, displayWidth: width, displayHeight: height },
    })
    const result = planTranscode(facts, presets[name], {}, limits)
    assert.equal(result.kind === 'refused' && result.code, 'picture_too_small', JSON.stringify(result))
    assert.equal(planned(facts, mp4720p).canvas.width, width)
  })
}
