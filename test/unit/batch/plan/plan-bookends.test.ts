import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodePlan, type PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { cutRest } from '@reelway/batch/plan/cut-rest.ts'
import { type PlanLimits, planTranscode } from '@reelway/batch/plan/plan.ts'
import type { TaskAssets } from '@reelway/batch/probe/asset-facts.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { league } from '@reelway/shared/presets/league.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import { someFacts } from '../probe/some-facts.ts'

const asset = '8a1f2c3d-4b5e-4f60-8123-456789abcdef'
const ample = { partBudgetSeconds: 480, wholeBudgetSeconds: 480, cores: 2, costFactor: 1, sourceBytes: 1 }
const picture = { kind: 'picture', width: 400, height: 200, hasAlpha: true } as const
const clip = (seconds: number, audio?: null) => {
  const facts = { durationSeconds: seconds, video: { endSeconds: seconds, displayWidth: 1080, displayHeight: 1920 } }
  return { kind: 'clip', source: someFacts(audio === null ? { ...facts, audio } : facts) } as const
}

const planned = (
  options: object,
  assets: TaskAssets,
  {
    preset = mp4720p,
    limits = {},
    seconds = 60,
  }: { preset?: VideoPreset; limits?: Partial<PlanLimits>; seconds?: number } = {},
) => {
  const facts = someFacts({ durationSeconds: seconds, video: { endSeconds: seconds } })
  const result = planTranscode(facts, preset, taskOptions.parse(options), { ...ample, ...limits }, assets)
  if (result.kind !== 'planned') throw new Error(result.code)
  return result.plan
}

test('an intro takes the place of the logo before, and leaves the one after', () => {
  const plan = planned({ intro: { asset, seconds: 2.5 } }, { intro: picture }, { preset: league })
  assert.deepEqual(plan.frames, { intro: 150, body: 1080, outro: 60, total: 1290 })
  assert.equal(plan.bookends.intro?.kind, 'picture')
  assert.deepEqual(plan.bookends.outro, { kind: 'logo' })
})

test('a picture is shown for three seconds unless the task says otherwise, a clip as long as it is, or at most as was asked', () => {
  const framesOf = (options: object, assets: TaskAssets) => planned(options, assets).frames.outro
  assert.equal(framesOf({ outro: { asset } }, { outro: picture }), 180)
  assert.equal(framesOf({ outro: { asset } }, { outro: clip(5.5) }), 330)
  assert.equal(framesOf({ outro: { asset, seconds: 2 } }, { outro: clip(5.5) }), 120)
  assert.equal(framesOf({ outro: { asset, seconds: 9 } }, { outro: clip(5.5) }), 330)
})

test('a clip is fitted into the canvas of the video, in its own shape', () => {
  const plan = planned({ intro: { asset } }, { intro: clip(2) })
  assert.deepEqual(plan.canvas, { width: 1280, height: 720 })
  assert.deepEqual(plan.bookends.intro?.kind === 'clip' && plan.bookends.intro.picture, { width: 406, height: 720 })
})

test('a silent video with a clip that is heard has sound, with a silent clip it has none', () => {
  const soundOf = (intro: TaskAssets['intro']) => {
    const result = planTranscode(someFacts({ audio: null }), mp4720p, taskOptions.parse({ intro: { asset } }), ample, {
      ...(intro !== undefined && { intro }),
    })
    return result.kind === 'planned' ? result.plan.audio : undefined
  }
  assert.equal(soundOf(clip(2))?.from, 'silence')
  assert.equal(soundOf(clip(2, null)), null)
})

for (const preset of Object.values(presets).filter((preset) => preset.video !== null && preset.audio !== null)) {
  test(`a plan of ${preset.name} with all that a user may put on it is the same after it was stored as JSON`, () => {
    const options = { intro: { asset }, outro: { asset }, watermark: { asset } }
    const plan = planned(options, { intro: clip(2), outro: picture, watermark: picture }, { preset })
    assert.deepEqual(encodePlan.parse(JSON.parse(JSON.stringify(plan))), plan)
  })
}

test('parts are ranges of one leg each, from the first frame of the intro to the last of the outro', () => {
  const options = { intro: { asset }, outro: { asset, seconds: 60 } }
  const plan = planned(options, { intro: clip(5), outro: picture }, { limits: { partBudgetSeconds: 30 }, seconds: 600 })
  const parts = plan.parts.filter(({ stream }) => stream === 'picture')
  assert.deepEqual([0, ...parts.map(({ end }) => end)], [...parts.map(({ start }) => start), plan.frames.total])
  const starts = parts.map(({ start }) => start)
  assert.ok(starts.includes(300) && starts.includes(36_300), `they start at ${starts.join(', ')}`)
  assert.ok(Math.abs(plan.parts.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9)
})

test('a whole of several legs that had to be handed over is cut at them, also when nothing of it is done', () => {
  const plan = planned({ intro: { asset, seconds: 1 } }, { intro: picture }, { seconds: 2 })
  const [whole] = plan.parts
  assert.ok(whole)
  const cutAt = (kept: number) => {
    const cut = cutRest({ plan, part: whole, kept, encodeSeconds: 100, partBudgetSeconds: 200 })
    return cut.kind === 'cut' ? cut.rest.filter(isPicture).map(({ start, end }) => [start, end]) : cut.kind
  }
  assert.deepEqual(cutAt(0), [
    [0, 60],
    [60, 180],
  ])
  assert.deepEqual(cutAt(20), [
    [20, 60],
    [60, 180],
  ])
})

const isPicture = ({ stream }: PlanPart) => stream === 'picture'

test('a watermark stands at its position with its margin, never beyond an edge of the canvas', () => {
  const at = (watermark: object) => {
    const { watermark: placed } = planned({ watermark: { asset, ...watermark } }, { watermark: picture })
    return placed === null ? null : [placed.x, placed.y, placed.width, placed.height]
  }
  // 15 % of 1280 are 192, and 3 % of 720 are 22.
  assert.deepEqual(at({}), [1066, 602, 192, 96])
  assert.deepEqual(at({ position: 'top-left' }), [22, 22, 192, 96])
  assert.deepEqual(at({ position: 'centre' }), [544, 312, 192, 96])
  assert.deepEqual(at({ position: 'bottom' }), [544, 602, 192, 96])
  assert.deepEqual(at({ size: 1, margin: 0.5 }), [0, 0, 1280, 640])
  const tall = planned({ watermark: { asset, size: 1 } }, { watermark: { ...picture, width: 100, height: 400 } })
  assert.deepEqual([tall.watermark?.width, tall.watermark?.height], [180, 720])
})
