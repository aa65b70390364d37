import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeGrid } from '@reelway/batch/ffmpeg/place-grid.ts'
import { aPlan } from '../plan/a-plan.ts'

/** Which frames of a source, whose times are rounded to milliseconds, a result at this rate shows: of each place in its grid the last. */
const shown = (sourceRate: number, videoStartSeconds: number, resultRate: number): number[] => {
  const plan = aPlan(3)
  const source = { ...plan.source, videoStartSeconds, fromSeconds: 0, frameSeconds: 1 / sourceRate }
  const gridSeconds = placeGrid({ source, frameRate: { num: resultRate, den: 1 } })
  const last = new Map<number, number>()
  for (let frame = 0; frame < 3 * sourceRate; frame++) {
    const seconds = Math.round((videoStartSeconds + frame / sourceRate) * 1000) / 1000
    last.set(Math.round((seconds - gridSeconds) * resultRate), frame)
  }
  return [...last.values()]
}

const steps = (frames: number[]): Set<number> =>
  new Set(frames.slice(2, -1).map((frame, index) => frame - (frames[index + 1] ?? 0)))

for (const [sourceRate, resultRate] of [
  [24, 24],
  [60, 60],
  [60, 30],
  [120, 60],
  [120, 30],
  [60, 20],
] as const) {
  test(`${sourceRate} frames a second in milliseconds become ${resultRate} at even distances, wherever the sound begins`, () => {
    for (let milliseconds = 0; milliseconds < 50; milliseconds++) {
      const found = steps(shown(sourceRate, milliseconds / 1000, resultRate))
      assert.deepEqual(found, new Set([sourceRate / resultRate]), `${milliseconds} ms`)
    }
  })
}

test('frames are taken from where the stretch begins when it begins with a frame, to the microsecond', () => {
  const plan = aPlan(3)
  const source = { ...plan.source, videoStartSeconds: 0.5, fromSeconds: 2.5, frameSeconds: 1 / 30 }
  assert.ok(Math.abs(placeGrid({ source, frameRate: { num: 30, den: 1 } }) - 2.5) < 1e-6)
})
