import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPicture, makePictureTable } from '@reelway/batch/mux/picture-table.ts'
import { addSound, makeSoundTable } from '@reelway/batch/mux/sound-table.ts'
import { layOutWebm } from '@reelway/batch/mux/webm/lay-out-webm.ts'
import { someSizes, someTrack } from './some-tracks.ts'

const SEGMENT = 0x18538067
const CUES = 0x1c53bb6b
const CLUSTER = 0x1f43b675

type Element = { id: number; at: number; contentAt: number; end: number }

/** The elements side by side in a range of the file. */
const elementsIn = (bytes: Buffer, from: number, to: number): Element[] => {
  const found: Element[] = []
  for (let at = from; at < to; ) {
    const idBytes = Math.clz32(bytes[at] ?? 0) - 23
    const sizeAt = at + idBytes
    const sizeBytes = Math.clz32(bytes[sizeAt] ?? 0) - 23
    const sizeBits = bytes.subarray(sizeAt, sizeAt + sizeBytes).reduce((value, byte) => value * 256n + BigInt(byte), 0n)
    const contentAt = sizeAt + sizeBytes
    const end = contentAt + Number(sizeBits - (1n << BigInt(7 * sizeBytes)))
    found.push({ id: bytes.readUIntBE(at, idBytes), at, contentAt, end })
    at = end
  }
  return found
}

/** A film of 7 s at 24 frames a second; its samples are zeros. */
const build = (keyFrames: readonly number[]) => {
  const picture = makePictureTable({ num: 24, den: 1 }, 168)
  const track = someTrack('vp09', { timescale: 24_000, step: 1000, sizes: someSizes(168, 1) })
  const keys = Uint8Array.from({ length: 168 }, (_, frame) => (keyFrames.includes(frame) ? 1 : 0))
  addPicture(picture, 0, { ...track, keys }, { lead: 0, samples: 168 })
  const sound = makeSoundTable(336_000, 351)
  const packets = { ...someTrack('Opus', { timescale: 48_000, step: 960, sizes: someSizes(351, 1) }), mediaTime: 312 }
  addSound(sound, 0, packets, { lead: 0, samples: 351 })

  const layout = layOutWebm(picture, sound)
  const parts = Array.from(layout.steps(), (step) =>
    step.kind === 'literal' ? step.bytes : Buffer.alloc(step.sizeBytes),
  )
  const bytes = Buffer.concat(parts)
  assert.equal(bytes.length, layout.sizeBytes)
  const segment = elementsIn(bytes, 0, bytes.length).find(({ id }) => id === SEGMENT)
  assert.ok(segment !== undefined)
  return { bytes, segment, elements: elementsIn(bytes, segment.contentAt, segment.end) }
}

test('the segment ends with the file, and the cues come before the clusters', () => {
  const { bytes, segment, elements } = build([0, 96])
  assert.equal(segment.end, bytes.length)
  const ids = elements.map(({ id }) => id)
  assert.deepEqual(ids.slice(0, 5), [0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1254c367, CUES])
  assert.ok(ids.slice(5).every((id) => id === CLUSTER))
})

test('a cue points to the cluster of each key frame, in which sound that is heard with it comes before it', () => {
  const { bytes, segment, elements } = build([0, 96])
  const cues = elements.find(({ id }) => id === CUES)
  assert.ok(cues !== undefined)
  const points = elementsIn(bytes, cues.contentAt, cues.end)
  assert.equal(points.length, 2)
  for (const [index, { contentAt, end }] of points.entries()) {
    const [time, positions] = elementsIn(bytes, contentAt, end)
    assert.ok(time !== undefined && positions !== undefined)
    // 96 frames are 4 s, and all is 7 ms later because of what a decoder of Opus drops.
    assert.equal(Number(bytes.readBigUInt64BE(time.contentAt)), index * 4000 + 7)
    const place = elementsIn(bytes, positions.contentAt, positions.end)[1]
    assert.ok(place !== undefined)
    const at = segment.contentAt + Number(bytes.readBigUInt64BE(place.contentAt))
    const cluster = elements.find((element) => element.at === at)
    assert.equal(cluster?.id, CLUSTER)
    assert.ok(cluster !== undefined)
    const [, first, second] = elementsIn(bytes, cluster.contentAt, cluster.end)
    const trackAndFlags = (block: Element | undefined) =>
      block === undefined ? '' : `${bytes[block.contentAt]} ${bytes[block.contentAt + 3]}`
    assert.deepEqual([first, second].map(trackAndFlags), [`${0x82} ${0x80}`, `${0x81} ${0x80}`])
  }
})

test('a cluster is at most 5 s long, and one that begins for that alone has no cue', () => {
  const { bytes, elements } = build([0])
  const cues = elements.find(({ id }) => id === CUES)
  assert.ok(cues !== undefined)
  assert.equal(elementsIn(bytes, cues.contentAt, cues.end).length, 1)
  const clusters = elements.filter(({ id }) => id === CLUSTER)
  assert.equal(clusters.length, 2)
  for (const { contentAt, end } of clusters) {
    const [, ...blocks] = elementsIn(bytes, contentAt, end)
    const simple = blocks.filter(({ id }) => id === 0xa3)
    for (const block of simple) assert.ok(bytes.readInt16BE(block.contentAt + 1) <= 5000)
  }
})
