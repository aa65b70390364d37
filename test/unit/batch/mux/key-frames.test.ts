import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KeyFrame, keyFramesApart, keyFramesIn } from '@reelway/batch/mux/key-frames.ts'
import { makePictureTable } from '@reelway/batch/mux/picture-table.ts'

const framesAt = (...seconds: number[]): KeyFrame[] =>
  seconds.map((at, index) => ({ index, seconds: at, sizeBytes: 1_000 }))
const secondsOf = (frames: readonly KeyFrame[]) => frames.map(({ seconds }) => seconds)

test('of each stretch the first key frame is taken, wherever in it that lies', () => {
  const frames = framesAt(0, 0.4, 1.9, 2, 2.1, 7.5, 7.9)
  assert.deepEqual(secondsOf(keyFramesApart(frames, 2, 1e9)), [0, 2, 7.5])
  assert.deepEqual(secondsOf(keyFramesApart(frames, 1, 1e9)), [0, 1.9, 2, 7.5])
})

test('fewer are taken when they would be too many bytes, but one always', () => {
  const frames = framesAt(0, 1, 2, 3, 4, 5, 6, 7)
  assert.deepEqual(secondsOf(keyFramesApart(frames, 1, 4_500)), [0, 2, 4, 6])
  assert.deepEqual(secondsOf(keyFramesApart(frames, 1, 10)), [0])
})

test('a key frame is told by its place in the order of decoding, and by when it is shown', () => {
  const table = makePictureTable({ num: 25, den: 1 }, 100)
  table.keys[0] = 1
  table.keys[50] = 1
  table.shifts[50] = 2
  table.sizes[50] = 7
  assert.deepEqual(keyFramesIn(table), [
    { index: 0, seconds: 0, sizeBytes: 0 },
    { index: 50, seconds: 2.08, sizeBytes: 7 },
  ])
})
