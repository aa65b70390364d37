import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { choosePoster } from '@reelway/batch/previews/choose-poster.ts'

/** A picture whose luma goes evenly from one level to another. */
const between = (from: number, to: number) =>
  Uint8Array.from({ length: 1000 }, (_, at) => Math.round(from + ((to - from) * at) / 999))
const everywhere = { fromSeconds: 0, toSeconds: 100 }
const secondsOf = (pictures: [seconds: number, pixels: Uint8Array][], stretch = everywhere) =>
  choosePoster(
    pictures.map(([seconds, pixels]) => ({ seconds, pixels })),
    stretch,
  )?.seconds

describe('a poster is', () => {
  test('never black, white or of one colour when another picture shows something', () => {
    const nothing: [number, Uint8Array][] = [
      [0, between(16, 20)],
      [1, between(230, 235)],
      [2, between(100, 104)],
    ]
    assert.equal(secondsOf([...nothing, [3, between(30, 200)]]), 3)
    assert.equal(secondsOf(nothing), undefined)
  })

  test('the picture that is most like the others', () => {
    const street = between(40, 180)
    assert.equal(
      secondsOf([
        [0, between(120, 235)],
        [1, street],
        [2, street],
        [3, between(16, 90)],
      ]),
      1,
    )
  })

  test('not taken from before or after the body, and nothing is when the body has no key frame', () => {
    const body = { fromSeconds: 3, toSeconds: 21 }
    const logo = between(16, 235)
    const film = between(30, 120)
    const pictures: [number, Uint8Array][] = [0, 1, 2, 21, 22].map((seconds) => [seconds, logo])
    assert.equal(secondsOf([...pictures, [4, film]], body), 4)
    assert.equal(secondsOf(pictures, body), undefined)
  })

  test('one with small print on a dark ground, rather than the ground', () => {
    const print = new Uint8Array(1000).fill(60)
    print.fill(220, 0, 30)
    assert.equal(
      secondsOf([
        [0, new Uint8Array(1000).fill(60)],
        [1, print],
      ]),
      1,
    )
  })
})
