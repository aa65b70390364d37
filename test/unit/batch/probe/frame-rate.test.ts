import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capFrameRate, chooseFrameRate } from '@reelway/batch/probe/frame-rate.ts'

const ratio = (text: string | null) => {
  if (text === null) return null
  const [num = 0, den = 1] = text.split('/').map(Number)
  return { num, den }
}

/** average, base, chosen, and what the source is. */
const table: readonly (readonly [string | null, string | null, string, string])[] = [
  ['24000/1001', '24000/1001', '24000/1001', 'a film for American television'],
  ['24/1', '24/1', '24', 'a film'],
  ['25/1', '25/1', '25', 'European television'],
  ['30000/1001', '30000/1001', '30000/1001', 'American television'],
  ['30/1', '30/1', '30', 'a webcam'],
  ['48/1', '48/1', '48', 'a film in double rate'],
  ['60000/1001', '60000/1001', '60000/1001', 'American sports'],
  ['2993/100', '30/1', '30', 'a phone of 30 that dropped some frames'],
  ['2983/100', '90000/1', '30000/1001', 'a phone without any grid, a little slow'],
  ['189/10', '30/1', '30', 'a phone in the dark: frames of 30, two of three missing for a while'],
  ['37/1', '1000/1', '48', 'a screen recording at whatever rate: the next one above'],
  ['25/1', '50/1', '25', 'interlaced: 25 frames of two fields'],
  ['100/1', '100/1', '50', 'slow motion'],
  ['120000/1001', '120000/1001', '60000/1001', 'slow motion for American television'],
  ['120/1', '120/1', '60', 'slow motion'],
  ['240/1', '240/1', '60', 'slower motion'],
  ['90/1', '90/1', '48', 'a game at 90: half of it is no standard rate'],
  ['480/7', '120/1', '60', 'slow motion in the middle of 120: half of its grid'],
  ['27/1', '120/1', '30000/1001', 'a phone in the dark, whose grid says little'],
  ['15/1', '15/1', '15', 'an old webcam'],
  ['25/2', '25/2', '25/2', 'half of 25, as it is'],
  ['1/10', '1/10', '2', 'a slide every ten seconds: doubled to 1.6, then whole'],
  [null, '30/1', '30', 'no average, only a grid'],
  [null, null, '25', 'nothing known'],
]

for (const [average, base, expected, source] of table) {
  test(`a source of ${average} on a grid of ${base} becomes ${expected}: ${source}`, () => {
    const rates = { average: ratio(average), base: ratio(base) }
    assert.deepEqual(chooseFrameRate(rates, { minPerSecond: 1, maxPerSecond: 60 }), ratio(expected))
  })
}

test('a lower ceiling halves once more', () => {
  const rates = { average: ratio('60000/1001'), base: null }
  assert.deepEqual(chooseFrameRate(rates, { minPerSecond: 1, maxPerSecond: 30 }), ratio('30000/1001'))
})

test('a floor doubles slow rates, so that every source frame keeps its place', () => {
  assert.deepEqual(chooseFrameRate({ average: ratio('3/1'), base: null }, { minPerSecond: 10, maxPerSecond: 60 }), {
    num: 12,
    den: 1,
  })
})

for (const [num, den, ceiling, expected] of [
  [30, 1, 30, '30/1'],
  [30, 1, 60, '30/1'],
  [60, 1, 30, '30/1'],
  [30000, 1001, 30, '30000/1001'],
  [30000, 1001, 15, '15000/1001'],
  [60, 1, 24, '20/1'],
  [50, 1, 30, '25/1'],
  [25, 1, 13, '25/2'],
  [30, 1, 24, '24/1'],
  [25, 1, 24, '24/1'],
  [60, 1, 1, '1/1'],
] as const) {
  test(`${num}/${den} frames a second become ${expected} when at most ${ceiling} are allowed`, () => {
    const rate = capFrameRate({ num, den }, ceiling)
    assert.equal(`${rate.num}/${rate.den}`, expected)
  })
}
