import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlanPart } from '@reelway/batch/ffmpeg/encode-plan.ts'
import { cutRest } from '@reelway/batch/plan/cut-rest.ts'
import { aPlan } from './a-plan.ts'

const plan = aPlan(7200)
const whole = aPlan(600, { partBudgetSeconds: 1e6 })
const part: PlanPart = { stream: 'picture', start: 2400, end: 7200, weight: 0.1 }
const sumOf = (parts: readonly PlanPart[]) => parts.reduce((sum, { weight }) => sum + weight, 0)

test('the rest is cut by the measured speed, at multiples of the key frame interval', () => {
  // 0.25 s a frame: 40 s hold 160 frames, less than an interval of 240; 150 s hold two.
  const cut = cutRest({ plan, part, kept: 1000, encodeSeconds: 250, partBudgetSeconds: 150 })
  assert.equal(cut.kind, 'cut')
  if (cut.kind !== 'cut') return
  assert.deepEqual([cut.kept?.start, cut.kept?.end], [2400, 3400])
  assert.equal(cut.rest[0]?.start, 3400)
  assert.equal(cut.rest.at(-1)?.end, 7200)
  for (const { start, end } of cut.rest.slice(1))
    assert.ok(start % 240 === 0 && end - start <= 600, `${start} to ${end}`)
  assert.ok(Math.abs(sumOf([...cut.rest, ...(cut.kept === null ? [] : [cut.kept])]) - 0.1) < 1e-12)
})

test('a part of which nothing came is halved on a key frame', () => {
  const cut = cutRest({ plan, part, kept: 0, encodeSeconds: 450, partBudgetSeconds: 200 })
  assert.deepEqual(cut, {
    kind: 'cut',
    kept: null,
    rest: [
      { stream: 'picture', start: 2400, end: 4800, weight: 0.05 },
      { stream: 'picture', start: 4800, end: 7200, weight: 0.05 },
    ],
  })
})

test('sound is halved on whole packets of both rates', () => {
  const sound: PlanPart = { stream: 'sound', start: 0, end: 337_501, weight: 0.02 }
  const cut = cutRest({ plan, part: sound, kept: 0, encodeSeconds: 450, partBudgetSeconds: 200 })
  assert.equal(cut.kind === 'cut' && cut.rest[0]?.end, 168_750)
  assert.equal(cut.kind === 'cut' && cut.rest[1]?.end, 337_501)
})

test('a single key frame interval, or as little sound, cannot be cut', () => {
  const hopeless = { plan, kept: 0, encodeSeconds: 450, partBudgetSeconds: 200 }
  assert.equal(cutRest({ ...hopeless, part: { ...part, end: 2640 } }).kind, 'cannot-be-cut')
  assert.equal(cutRest({ ...hopeless, part: { ...part, end: 2640 }, kept: 100 }).kind, 'cannot-be-cut')
  assert.equal(cutRest({ ...hopeless, part: { ...part, stream: 'sound', start: 0, end: 375 } }).kind, 'cannot-be-cut')
})

test('of a whole that was handed over the sound becomes a part of its own, with its share', () => {
  const [only] = whole.parts
  assert.ok(only !== undefined && whole.parts.length === 1)
  const cut = cutRest({ plan: whole, part: only, kept: 12_000, encodeSeconds: 400, partBudgetSeconds: 200 })
  assert.equal(cut.kind, 'cut')
  if (cut.kind !== 'cut') return
  const sound = cut.rest.filter(({ stream }) => stream === 'sound')
  assert.deepEqual([sound.length, sound[0]?.start, sound[0]?.end], [1, 0, 28_126])
  assert.ok(Math.abs(sumOf([...cut.rest, ...(cut.kept === null ? [] : [cut.kept])]) - 1) < 1e-12)
})

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

test('no sequence of hand-overs is endless, loses a frame or does one twice', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const next = random(seed)
    const from = aPlan(20 + next() * 400, { partBudgetSeconds: 1 + next() * 100 })
    const open = [...from.parts]
    const settled: PlanPart[] = []
    let steps = 0
    while (open.length > 0) {
      const taken = open.pop()
      if (taken === undefined) break
      steps += 1
      // Every part has one packet or frame at least, and is cut into shorter ones: there cannot be more steps than this.
      assert.ok(steps <= 2 * (from.frames.body + 40_000), `seed ${seed} goes on and on`)
      const length = taken.end - taken.start
      const kept = taken.stream === 'sound' || next() < 0.4 ? 0 : Math.floor(next() * length)
      const cut = cutRest({
        plan: from,
        part: taken,
        kept,
        encodeSeconds: next() * 500,
        partBudgetSeconds: next() * 100,
      })
      if (cut.kind === 'cannot-be-cut') settled.push(taken)
      else {
        for (const piece of cut.rest.filter(({ stream }) => stream === taken.stream)) {
          assert.ok(piece.end > piece.start && piece.end - piece.start < length, `seed ${seed}: a piece is no shorter`)
        }
        if (cut.kept !== null) settled.push(cut.kept)
        open.push(...cut.rest)
      }
    }
    const picture = settled.filter(({ stream }) => stream === 'picture').toSorted((a, b) => a.start - b.start)
    assert.deepEqual([0, ...picture.map(({ end }) => end)], [...picture.map(({ start }) => start), from.frames.body])
    assert.ok(Math.abs(sumOf(settled) - 1) < 1e-6, `seed ${seed}: weights make ${sumOf(settled)}`)
  }
})
