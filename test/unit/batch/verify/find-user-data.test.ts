import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasUserData } from '@reelway/batch/verify/find-user-data.ts'

const START = Buffer.from([0, 0, 0, 1, 6])
const END = Buffer.from([0x80])

/** A unit with one message; sizes of 255 and more take several bytes, and 0 0 1 is written as 0 0 3 1. */
const unit = (...messages: { type: number; payload: Buffer }[]): Buffer => {
  const bytes = messages.flatMap(({ type, payload }) => {
    const size = [...new Array(Math.floor(payload.length / 255)).fill(255), payload.length % 255]
    return [type, ...size, ...payload]
  })
  const escaped: number[] = []
  for (const byte of bytes) {
    if (byte <= 3 && escaped.at(-1) === 0 && escaped.at(-2) === 0) escaped.push(3)
    escaped.push(byte)
  }
  return Buffer.concat([START, Buffer.from(escaped), END])
}

const x264 = Buffer.concat([Buffer.from('dc45e9bde6d948b7962cd820d923eeef', 'hex'), Buffer.from('x264 - core 164')])
const camera = Buffer.concat([Buffer.from('17ee8c60f84d11d98cd60800200c9a66', 'hex'), Buffer.from('MDPM')])
const captions = Buffer.from('b500314741393403c1ff', 'hex')
const position = { type: 6, payload: Buffer.from([0, 0, 1, 0]) }

test('settings of x264, captions and what a decoder needs are no data of a camera', () => {
  assert.equal(hasUserData(Buffer.alloc(0)), false)
  assert.equal(hasUserData(unit({ type: 5, payload: x264 })), false)
  assert.equal(hasUserData(unit(position, { type: 4, payload: captions }, { type: 5, payload: x264 })), false)
  const long = Buffer.concat([x264, Buffer.alloc(600, 'x')])
  assert.equal(hasUserData(Buffer.concat([unit({ type: 5, payload: long }), unit(position)])), false)
})

test('data of a camera is found wherever it stands', () => {
  const found = { type: 5, payload: camera }
  assert.equal(hasUserData(unit(found)), true)
  assert.equal(hasUserData(unit(position, found)), true)
  assert.equal(hasUserData(Buffer.concat([unit({ type: 5, payload: x264 }), unit(position), unit(found)])), true)
  const long = Buffer.concat([x264, Buffer.alloc(600, 'x')])
  assert.equal(hasUserData(unit({ type: 5, payload: long }, found)), true)
})

test('registered data that is not of captions is data of a camera', () => {
  assert.equal(hasUserData(unit({ type: 4, payload: Buffer.from('b5003c0001', 'hex') })), true)
})

test('a message that is torn or empty is not taken for harmless', () => {
  assert.equal(hasUserData(unit({ type: 5, payload: Buffer.alloc(0) })), true)
  assert.equal(hasUserData(unit({ type: 5, payload: camera }).subarray(0, 12)), true)
})
