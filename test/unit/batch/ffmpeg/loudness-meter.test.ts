import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLoudnessMeter } from '@reelway/batch/ffmpeg/loudness-meter.ts'

const block = (lufs: number, address = '0x1') =>
  `[Parsed_ebur128_4 @ ${address}] t: 4.48996    TARGET:-23 LUFS    M:${lufs.toFixed(1).padStart(6)} S:-120.7     I: -44.3 LUFS       LRA:   0.0 LU  FTPK:  -inf  -inf dBFS  TPK: -18.1  -inf dBFS`

const measure = (...lines: string[]) => {
  const meter = createLoudnessMeter()
  return { taken: lines.filter(meter.takeLine).length, ...meter.loudness() }
}

const times = (count: number, line: string): string[] => Array.from({ length: count }, () => line)

test('a loudness that two filters heard, one after the other, is that of both', () => {
  const { integratedLufs } = measure(...times(30, block(-20)), ...times(10, block(-14, '0x2')))
  // Three quarters of a hundredth, and a quarter of four hundredths.
  assert.ok(Math.abs((integratedLufs ?? 0) - 10 * Math.log10(0.0075 + 0.25 * 10 ** -1.4)) < 1e-9)
})

test('silence and pauses count for nothing', () => {
  const { integratedLufs } = measure(...times(3, block(-120.7)), ...times(10, block(-20)), ...times(100, block(-40)))
  assert.equal(Math.round((integratedLufs ?? 0) * 10) / 10, -20)
})

test('the peak is the highest of all filters, and a filter that heard nothing has none', () => {
  const { truePeakDb } = measure('    Peak:       -inf dBFS', '    Peak:       -3.4 dBFS', '    Peak:      -12.0 dBFS')
  assert.equal(truePeakDb, -3.4)
})

test('what ffmpeg says otherwise is left for whoever explains a failure', () => {
  const said = '[mp2 @ 0x5] Header missing'
  assert.deepEqual(measure(said, block(-20)), { taken: 1, integratedLufs: -20, truePeakDb: null })
})
