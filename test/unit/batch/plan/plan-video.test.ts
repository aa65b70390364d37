import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planVideo } from '@reelway/batch/plan/plan-video.ts'
import { qualities } from '@reelway/shared/options/task-options.ts'
import { presets } from '@reelway/shared/presets/catalogue.ts'
import { mp4720p } from '@reelway/shared/presets/mp4-720p.ts'
import { type Preset, type VideoPreset, videoPreset } from '@reelway/shared/presets/schema.ts'

const all = Object.values<Preset>(presets).filter((preset) => preset.video !== null)
const crfOf = (video: VideoPreset['video']): number => ('crf' in video ? video.crf : Number.NaN)

test('without a quality, and in the standard one, the encoder gets exactly what the preset says', () => {
  for (const each of all) {
    assert.deepEqual(planVideo(each, {}), each.video)
    assert.deepEqual(planVideo(each, { quality: 'standard' }), each.video)
  }
})

test('every better quality of every preset with a crf that accepts it has a lower crf, and only that, within what the encoder takes', () => {
  for (const each of all.filter(({ accepts, video }) => accepts.includes('quality') && 'crf' in video)) {
    const planned = qualities.map((quality) => planVideo(each, { quality }))
    const crfs = planned.map(crfOf)
    assert.deepEqual(
      crfs,
      [...new Set(crfs)].toSorted((a, b) => b - a),
      each.name,
    )
    for (const video of planned) {
      assert.deepEqual({ ...video, crf: crfOf(each.video) }, each.video)
      videoPreset.shape.video.parse(video)
    }
  }
})

test('every quality of a file of pictures is one that its encoder takes', () => {
  for (const each of all.filter(({ video }) => !('crf' in video))) {
    for (const quality of qualities) videoPreset.shape.video.parse(planVideo(each, { quality }))
  }
})

test('a quality never leaves the scale of its encoder, and never becomes lossless', () => {
  const withCrf = (crf: number): VideoPreset => ({ ...mp4720p, video: { ...mp4720p.video, crf } })
  assert.equal(crfOf(planVideo(withCrf(48), { quality: 'smallest' })), 51)
  assert.equal(crfOf(planVideo(withCrf(3), { quality: 'best' })), 1)
})
