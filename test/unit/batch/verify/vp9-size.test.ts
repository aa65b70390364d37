import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vp9FrameLengths, vp9Size } from '@reelway/batch/verify/vp9-size.ts'

/** Bytes that begin with these bits, as text of 0 and 1 with spaces. */
const frame = (...bits: string[]): Buffer => {
  const text = bits.join('').replaceAll(' ', '').padEnd(128, '0')
  return Buffer.from((text.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
const number = (value: number, count: number): string => value.toString(2).padStart(count, '0')
const size = (width: number, height: number) => number(width - 1, 16) + number(height - 1, 16)
const SYNC = number(0x498342, 24)
const [SHOWN, HIDDEN] = ['10 00 0 1 1 0', '10 00 0 1 0 0']
// Reset of contexts, frames that are replaced, and three references.
const INTER = '00 00000001 0000 0010 0100'

test('the size of a key frame of VP9, and of one that is decoded by itself, is its own', () => {
  assert.deepEqual(vp9Size(frame('10 00 0 0 1 0', SYNC, '010 0', size(320, 180))), {
    ...{ kind: 'own', width: 320, height: 180 },
  })
  assert.deepEqual(vp9Size(frame(HIDDEN, '1 00', SYNC, '00000001', size(160, 90))), {
    ...{ kind: 'own', width: 160, height: 90 },
  })
})

test('a frame of VP9 has the size of one of three before it, or one of its own', () => {
  for (const found of ['1', '01', '001']) assert.deepEqual(vp9Size(frame(SHOWN, INTER, found)), { kind: 'as-before' })
  const resized = vp9Size(frame(SHOWN, INTER, '000', size(640, 360)))
  assert.deepEqual(resized, { kind: 'own', width: 640, height: 360 })
  assert.deepEqual(vp9Size(frame('10 00 1 011')), { kind: 'as-before' })
})

test('what is no frame of VP9 in profile 0 is not understood', () => {
  assert.deepEqual(vp9Size(frame('01 00 0 0 1 0')), { kind: 'unknown' })
  assert.deepEqual(vp9Size(frame('10 10 0 0 1 0', SYNC, '010 0', size(320, 180))), { kind: 'unknown' })
  assert.deepEqual(vp9Size(Buffer.alloc(0)), { kind: 'unknown' })
})

test('a packet with an index at its end holds as many frames as that says, and any other one', () => {
  const marker = 0b110_01_001
  assert.deepEqual(vp9FrameLengths(Buffer.from([1, 2, marker, 0x10, 0x01, 0x05, 0x00, marker]), 283), [0x110, 5])
  assert.deepEqual(vp9FrameLengths(Buffer.from([1, 2, 3, 4]), 283), [283])
})
