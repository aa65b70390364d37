import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProgress } from '@reelway/batch/ffmpeg/progress.ts'

const block = (frame: string, size: string, state = 'continue') =>
  `frame=${frame}\nfps=0.00\nstream_0_0_q=0.0\nbitrate=N/A\ntotal_size=${size}\nout_time=00:00:00.000000\nspeed=N/A\nprogress=${state}\n`

test('the newest whole block counts, and what follows it waits for the rest', () => {
  const { progress, rest } = readProgress(`${block('10', '500')}${block('25', '900')}frame=3`)
  assert.deepEqual(progress, { framesDone: 25, bytesWritten: 900, ended: false })
  assert.equal(rest, 'frame=3')
})

test('half a block is no progress', () => {
  assert.deepEqual(readProgress('frame=10\ntotal_si'), { progress: undefined, rest: 'frame=10\ntotal_si' })
})

test('what ffmpeg does not know yet is zero', () => {
  assert.deepEqual(readProgress(block('0', 'N/A')).progress, { framesDone: 0, bytesWritten: 0, ended: false })
})

test('the last block says that it is the last', () => {
  assert.equal(readProgress(block('30', '10', 'end')).progress?.ended, true)
})
