import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSourceRecorder } from '@reelway/batch/ffmpeg/source-record.ts'

const HEADER =
  '#extradata 0:       38, 0xe5740ae3\n#software: Lavf\n#tb 0: 1/1000\n#media_type 0: video\n#tb 1: 1/48000\n'

const recordOf = (...pieces: string[]) => {
  const recorder = createSourceRecorder()
  for (const piece of pieces) recorder.add(piece)
  return recorder.record()
}

test('a stream ends at the largest end, not at the end of its last line: B-frames come out of order', () => {
  const [video] = recordOf(
    HEADER,
    '0,          0,         40,       40,      900, 0x1\n0,         40,        120,       40,      100, 0x2\n0,         80,         80,       40,      100, 0x3\n',
  )
  assert.deepEqual(video, {
    packets: 3,
    firstStartSeconds: 0.04,
    earliestStartSeconds: 0.04,
    packetsBeforeLastKey: 2,
    longestKeyGapSeconds: 0.12 - 0.04,
    unshownPackets: 0,
    lastStartSeconds: 0.12,
    endSeconds: 0.16,
  })
})

test('lines may be torn anywhere', () => {
  const text = `${HEADER}0, 0, 0, 40, 900, 0x1\n1, 0, 0, 1024, 900, 0x1\n1, 1024, 1024, 1024, 900, 0x1\n`
  assert.deepEqual(recordOf(...text), recordOf(text))
  assert.equal(recordOf(text)[1]?.packets, 2)
  assert.equal(recordOf(text)[1]?.lastStartSeconds, 1024 / 48000)
  assert.equal(recordOf(text)[1]?.endSeconds, 2048 / 48000)
})

test('a packet without a shown time counts by its decoding time', () => {
  assert.equal(recordOf(HEADER, '0,        200,      NOPTS,       40,      900, 0x1\n')[0]?.endSeconds, 0.24)
  assert.equal(recordOf(HEADER, '0,   200, -9223372036854775808,   40,  900, 0x1\n')[0]?.endSeconds, 0.24)
})

test('a stream without packets has begun nowhere', () => {
  assert.deepEqual(recordOf(HEADER)[0], {
    packets: 0,
    firstStartSeconds: null,
    earliestStartSeconds: null,
    packetsBeforeLastKey: 0,
    longestKeyGapSeconds: 0,
    unshownPackets: 0,
    lastStartSeconds: -1,
    endSeconds: -1,
  })
})

test('the packets before the last key packet are those that can be kept of an encode that was stopped', () => {
  const lines = [
    '0, 0, 0, 40, 9, 0x1',
    '0, 40, 40, 40, 9, 0x1, F=0x0',
    '0, 80, 80, 40, 9, 0x1, F=0x5',
    '0, 120, 120, 40, 9, 0x1, F=0x4',
  ]
  assert.equal(recordOf(`${HEADER}${lines.join('\n')}\n`)[0]?.packetsBeforeLastKey, 2)
})

test('an endless line is not kept', () => {
  const recorder = createSourceRecorder()
  for (let piece = 0; piece < 100; piece += 1) recorder.add('x'.repeat(100_000))
  recorder.add(`\n${HEADER}0, 0, 0, 40, 900, 0x1\n`)
  assert.equal(recorder.record()[0]?.packets, 1)
})
