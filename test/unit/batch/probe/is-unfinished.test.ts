import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUnfinished } from '@reelway/batch/probe/is-unfinished.ts'
import { probeReport } from '@reelway/batch/probe/probe-report.ts'

const mp4 = 'mov,mp4,m4a,3gp,3g2,mj2'
const picture = { codec_type: 'video', codec_name: 'h264', codec_tag_string: 'avc1' }
const undescribed = { codec_type: 'audio', codec_name: 'unknown', codec_tag_string: '[0][0][0][0]' }

const judge = (format_name: string, ...streams: object[]) =>
  isUnfinished(probeReport.parse({ streams, format: { format_name } }))

test('an mp4 whose index ends before its sound is described is unfinished, and not silent', () => {
  assert.equal(judge(mp4, picture, undescribed), true)
  assert.equal(judge(mp4, { ...undescribed, codec_type: 'video', codec_name: undefined }), true)
})

test('sound that ffprobe does not know, and tracks of data, are no sign of a missing end', () => {
  assert.equal(judge(mp4, picture, { ...undescribed, codec_tag_string: 'apac' }), false)
  assert.equal(judge(mp4, picture, { ...undescribed, codec_type: 'data' }), false)
  assert.equal(judge('mpegts', picture, undescribed), false)
})

test('a sound that is not described is none beside one that is, for that is the one that is heard', () => {
  const heard = { codec_type: 'audio', codec_name: 'aac', codec_tag_string: 'mp4a', sample_rate: '48000', channels: 2 }
  assert.equal(judge(mp4, picture, heard, undescribed), false)
  assert.equal(judge(mp4, picture, undescribed, heard), false)
  assert.equal(judge(mp4, picture, heard, { ...undescribed, codec_type: 'video' }), true)
})
