import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJpeg } from '@reelway/batch/verify/read-jpeg.ts'
import { readWebp } from '@reelway/batch/verify/read-webp.ts'

const number = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

const chunk = (type: string, ...data: Buffer[]) => {
  const all = Buffer.concat(data)
  return Buffer.concat([Buffer.from(type), number(all.length, 4), all, Buffer.alloc(all.length % 2)])
}

const riff = (...chunks: Buffer[]) => {
  const all = Buffer.concat([Buffer.from('WEBP'), ...chunks])
  return Buffer.concat([Buffer.from('RIFF'), number(all.length, 4), all])
}

const frame = (milliseconds: number) =>
  chunk('ANMF', Buffer.alloc(12), number(milliseconds, 3), Buffer.alloc(1), chunk('VP8 ', Buffer.alloc(3)))

const animation = riff(
  chunk('VP8X', number(2, 4), number(319, 3), number(179, 3)),
  chunk('ANIM', number(0, 4), number(7, 2)),
  frame(66),
  frame(67),
)

test('an animated WebP tells its size, pictures, time and loops', () => {
  const expected = { width: 320, height: 180, animation: { pictures: 2, milliseconds: 133, loops: 7 } }
  assert.deepEqual(readWebp(animation), expected)
})

test('a WebP of one picture has no animation', () => {
  const still = riff(chunk('VP8 ', number(0, 3), Buffer.from([0x9d, 0x01, 0x2a]), number(160, 2), number(90, 2)))
  assert.deepEqual(readWebp(still), { width: 160, height: 90, animation: null })
})

test('a WebP that was cut at any of its bytes is none', () => {
  for (let length = 0; length < animation.length; length += 1) {
    assert.equal(readWebp(animation.subarray(0, length)), undefined, `${length} bytes`)
  }
})

test('a WebP whose last chunk is longer than the file is none', () => {
  const wrong = Buffer.from(animation)
  wrong.writeUInt32LE(1_000_000, wrong.length - 12)
  wrong.writeUInt32LE(1_000_000, wrong.lastIndexOf('ANMF') + 4)
  assert.equal(readWebp(wrong), undefined)
})

const jpeg = Buffer.from('ffd8ffe00004abcdffc0000b0800b4014001011100ffda00021234ffd9', 'hex')

test('a JPEG tells its size, and is none when its end is missing', () => {
  assert.deepEqual(readJpeg(jpeg), { width: 320, height: 180 })
  for (let length = 0; length < jpeg.length; length += 1) {
    assert.equal(readJpeg(jpeg.subarray(0, length)), undefined, `${length} bytes`)
  }
})
