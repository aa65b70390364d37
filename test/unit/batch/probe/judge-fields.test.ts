import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFieldCounts } from '@reelway/batch/ffmpeg/read-field-counts.ts'
import { areFieldsRare, judgeFields, mayHaveFields } from '@reelway/batch/probe/judge-fields.ts'
import type { VideoFacts } from '@reelway/batch/probe/source-facts.ts'
import { someFacts } from './some-facts.ts'

// As ffmpeg 5.1 wrote it.
const stderr = `[Parsed_idet_0 @ 0x56536427e680] Repeated Fields: Neither:    27 Top:     9 Bottom:     9
[Parsed_idet_0 @ 0x56536427e680] Single frame detection: TFF:    32 BFF:     2 Progressive:    16 Undetermined:     0
[Parsed_idet_0 @ 0x56536427e680] Multi frame detection: TFF:    44 BFF:     0 Progressive:     0 Undetermined:     1
`
const telecined = { tff: 44, bff: 0, progressive: 0, repeated: 18, unrepeated: 27 }

test('what idet counted is read, and nothing is made of a run that did not come so far', () => {
  assert.deepEqual(readFieldCounts(stderr), telecined)
  assert.equal(readFieldCounts('Conversion failed!'), undefined)
})

test('fields are seen only where one order clearly dominates, and film by its repeated fields', () => {
  const counts = { tff: 0, bff: 0, progressive: 0, repeated: 0, unrepeated: 75 }
  assert.deepEqual(judgeFields([telecined]), { order: 'tff', isTelecined: true })
  assert.deepEqual(judgeFields([{ ...counts, bff: 37 }]), { order: 'bff', isTelecined: false })
  // A progressive test picture with fine slopes, twice as idet saw it.
  assert.equal(judgeFields([{ ...counts, tff: 38, progressive: 12 }]), null)
  assert.equal(judgeFields([{ ...counts, tff: 68, bff: 40, progressive: 93 }]), null)
  // One moment of three that has none is enough of a doubt.
  assert.equal(
    judgeFields([
      { ...counts, tff: 30 },
      { ...counts, tff: 30 },
      { ...counts, progressive: 30 },
    ]),
    null,
  )
  assert.equal(judgeFields([]), null)
})

test('fields are looked for where lines and rate are those of a system that has them', () => {
  const may = (container: string, video: Partial<VideoFacts>) =>
    mayHaveFields(container, { ...someFacts().video, ...video })
  const pal = { codedHeight: 576, averageFrameRate: { num: 25, den: 1 } }
  const ntsc = { codedHeight: 1080, averageFrameRate: { num: 30_000, den: 1001 } }
  assert.equal(may('mp4', pal), true)
  assert.equal(may('mp4', { ...pal, codec: 'vp9' }), false)
  assert.equal(may('mp4', { ...pal, averageFrameRate: { num: 50, den: 1 } }), false)
  assert.equal(may('mp4', ntsc), true)
  assert.equal(may('mp4', { ...ntsc, codec: 'hevc' }), false)
  assert.equal(may('mp4', { ...ntsc, averageFrameRate: { num: 30, den: 1 } }), false)
  assert.equal(may('mpegts', ntsc), true)
  assert.equal(may('mp4', { ...ntsc, codec: 'prores' }), true)
  // Flagged: only film is left to be found out.
  assert.equal(may('mpegts', { ...pal, fieldOrder: 'tt' }), false)
  assert.equal(may('mpegts', { ...ntsc, fieldOrder: 'tt' }), true)
})

test('one moment without fields is enough where 1080 lines seldom are fields', () => {
  const video = { ...someFacts().video, codedHeight: 1080 }
  assert.equal(areFieldsRare('mp4', video), true)
  assert.equal(areFieldsRare('mpegts', video), false)
  assert.equal(areFieldsRare('mp4', { ...video, codec: 'prores' }), false)
  assert.equal(areFieldsRare('mp4', { ...video, codedHeight: 576 }), false)
})
