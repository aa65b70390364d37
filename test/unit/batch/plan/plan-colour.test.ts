import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planColour } from '@reelway/batch/plan/plan-colour.ts'
import type { VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { someFacts } from '../probe/some-facts.ts'
import { aPlan } from './a-plan.ts'

const planned = (video: Partial<VideoFacts>) => planColour({ ...someFacts().video, ...video })
const pq = { colourTransfer: 'smpte2084', colourSpace: 'bt2020nc', colourPrimaries: 'bt2020' }

test('a picture in BT.709 is left as it is', () => {
  const { deinterlace, toneMap, convertFrom, primaries, isSeeThrough, decoder } = planned({ colourSpace: 'bt709' })
  assert.deepEqual(
    { deinterlace, toneMap, convertFrom, primaries, isSeeThrough, decoder },
    { deinterlace: false, toneMap: null, convertFrom: null, primaries: null, isSeeThrough: false, decoder: null },
  )
})

test('HDR that says nothing of its brightness is taken for 1,000 cd/m2, and what it says is kept within reason', () => {
  assert.equal(planned(pq).peakNits, 1000)
  assert.equal(planned({ ...pq, brightestNits: 4000 }).peakNits, 4000)
  assert.equal(planned({ ...pq, brightestNits: 1 }).peakNits, 400)
  assert.equal(planned({ ...pq, brightestNits: 60_000 }).peakNits, 10_000)
  assert.equal(planned({ colourTransfer: 'arib-std-b67', brightestNits: 4000 }).peakNits, 1000)
})

test('HDR that names neither matrix nor primaries is of BT.2020, also when it is small', () => {
  const video = { colourTransfer: 'smpte2084', codedWidth: 320, codedHeight: 180 }
  assert.deepEqual([planned(video).convertFrom, planned(video).primaries], ['bt2020', 'bt2020'])
})

test('RGB has no matrix, whatever its size', () => {
  for (const pixelFormat of ['gbrp', 'bgr24', 'rgba', 'pal8', 'bgr0', 'x2rgb10le']) {
    assert.equal(planned({ pixelFormat, codedWidth: 320, codedHeight: 240 }).convertFrom, 'rgb')
  }
})

test('the fourth byte of an uncompressed avi is not taken for what is seen through a picture', () => {
  assert.equal(planned({ codec: 'rawvideo', pixelFormat: 'bgra' }).isSeeThrough, false)
  assert.equal(planned({ codec: 'prores', pixelFormat: 'yuva444p10le' }).isSeeThrough, true)
})

test('only a decoder that knows the track of alpha is given such a webm', () => {
  assert.equal(planned({ codec: 'vp9', hasAlphaTrack: true }).decoder, 'libvpx-vp9')
  assert.equal(planned({ codec: 'vp9' }).decoder, null)
})

test('fields that were seen count, and of flagged ones the frames say which comes first', () => {
  const seenFields = { order: 'bff', isTelecined: false } as const
  const seen = planned({ fieldOrder: 'progressive', seenFields })
  assert.deepEqual([seen.deinterlace, seen.fieldOrder, seen.isTelecined], [true, 'bff', false])
  const flagged = planned({ fieldOrder: 'tt', seenFields: { ...seenFields, isTelecined: true } })
  assert.deepEqual([flagged.deinterlace, flagged.fieldOrder, flagged.isTelecined], [true, null, true])
})

test('how far a picture was turned is kept for its fields alone, and clockwise', () => {
  const turns = [0, -90, 90, 180, -180, 45].map(
    (rotationDegrees) => planned({ fieldOrder: 'tt', rotationDegrees }).fieldsTurned,
  )
  assert.deepEqual(turns, [0, 90, 270, 180, 180, 0])
  assert.equal(planned({ fieldOrder: 'progressive', rotationDegrees: -90 }).fieldsTurned, 0)
})

test('a source whose clock leaps is never cut into parts, however long it is', () => {
  assert.ok(aPlan(3600, { wholeBudgetSeconds: 1e6 }).parts.length > 1)
  assert.equal(aPlan(3600, { wholeBudgetSeconds: 1e6 }, { video: { clockLeaps: true } }).parts.length, 1)
})
