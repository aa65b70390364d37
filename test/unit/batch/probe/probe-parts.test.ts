import assert from 'node:assert/strict'
import { test } from 'node:test'
import { estimateSeconds } from '@reelway/batch/plan/estimate.ts'
import { mainStreams } from '@reelway/batch/probe/main-streams.ts'
import { probeReport } from '@reelway/batch/probe/probe-report.ts'
import { streamEnd } from '@reelway/batch/probe/stream-end.ts'
import { summariseSource } from '@reelway/batch/probe/summarise.ts'
import { someFacts } from './some-facts.ts'

const video = { index: 0, codec_type: 'video', codec_name: 'h264', width: 640, height: 360 }
const audio = { index: 1, codec_type: 'audio', codec_name: 'aac', sample_rate: '48000', channels: 2 }

const report = (streams: object[], format: object = {}) =>
  probeReport.parse({ streams, format: { format_name: 'mov,mp4,m4a,3gp,3g2,mj2', ...format } })

const chosen = (...streams: object[]) => {
  const main = mainStreams(report(streams))
  return [main.video?.index, main.audio?.index]
}

test('a cover picture is no video', () => {
  const cover = { ...video, index: 0, disposition: { attached_pic: 1 } }
  assert.deepEqual(chosen(cover, audio), [undefined, 1])
  assert.deepEqual(chosen(cover, audio, { ...video, index: 2 }), [2, 1])
})

test('the default stream comes before the larger one, and the larger before the first', () => {
  const large = { ...video, index: 2, width: 1920, height: 1080 }
  assert.deepEqual(chosen(video, large), [2, undefined])
  assert.deepEqual(chosen({ ...video, disposition: { default: 1 } }, large), [0, undefined])
})

test('a preview of one frame is passed over for a smaller picture that moves, also where the file calls it the default', () => {
  const preview = { ...video, width: 1280, height: 720, nb_frames: '1', disposition: { default: 1 } }
  assert.deepEqual(chosen(preview, { ...video, index: 1, nb_frames: '60' }), [1, undefined])
  assert.deepEqual(chosen(preview), [0, undefined])
})

test('the sound of a broadcast of several programmes is that of the picture, not the first', () => {
  const large = { ...video, index: 2, width: 1920, height: 1080 }
  const { streams } = report([video, audio, large, { ...audio, index: 3 }])
  const programs = [{ streams: [{ index: 0 }, { index: 1 }] }, { streams: [{ index: 2 }, { index: 3 }] }]
  const main = mainStreams({ ...report([]), streams, programs })
  assert.deepEqual([main.video?.index, main.audio?.index], [2, 3])
})

test('sound of an unknown format is passed over', () => {
  assert.deepEqual(chosen(video, { ...audio, codec_name: undefined }, { ...audio, index: 5 }), [0, 5])
  assert.deepEqual(chosen(video, { ...audio, channels: 0 }), [0, undefined])
})

const endOf = (stream: object, format: object, guessed = false) => {
  const parsed = report([{ ...video, ...stream }], format)
  const [first] = parsed.streams
  assert.ok(first)
  return streamEnd(parsed, first, guessed)
}

test('the picture ends where its own stream says, counted from the start of the container', () => {
  const end = endOf({ start_time: '4321.5', duration: '10.0' }, { start_time: '4321.0', duration: '12.0' })
  assert.deepEqual(end, { kind: 'announced', endSeconds: 10.5, knownFrom: 'stream' })
})

test('the tag of Matroska speaks for the stream', () => {
  const end = endOf({ tags: { DURATION: '00:01:05.500000000' } }, { format_name: 'matroska,webm', duration: '70.0' })
  assert.deepEqual(end, { kind: 'announced', endSeconds: 65.5, knownFrom: 'stream' })
})

test('without either the container is believed, unless ffprobe only guessed', () => {
  assert.deepEqual(endOf({}, { duration: '70.0' }), { kind: 'announced', endSeconds: 70, knownFrom: 'container' })
  assert.deepEqual(endOf({}, { duration: '70.0' }, true), { kind: 'unknown' })
  assert.deepEqual(endOf({}, { duration: 'N/A' }), { kind: 'unknown' })
})

test('a Matroska file that does not begin at zero has to be read', () => {
  const format = { format_name: 'matroska,webm', start_time: '5.0', duration: '70.0' }
  assert.deepEqual(endOf({}, format), { kind: 'unknown' })
})

test('an avi is as long as the frames that its header counts', () => {
  const end = endOf(
    { nb_frames: '100', avg_frame_rate: '25/1', duration: '2.4' },
    { format_name: 'avi', duration: '2.4' },
  )
  assert.deepEqual(end, { kind: 'announced', endSeconds: 4, knownFrom: 'stream' })
})

test('twice the cores halve the estimate', () => {
  const work = { megapixelsDecoded: 1000, megapixelsEncoded: 100 }
  const cost = { decodeSecondsPerMegapixel: 0.004, encodeSecondsPerMegapixel: 0.02 }
  assert.equal(estimateSeconds(work, cost, 1), 6)
  assert.equal(estimateSeconds(work, cost, 2), 3)
})

test('the summary tells the picture as it is seen, and rounds', () => {
  const rate = { num: 30000, den: 1001 }
  assert.deepEqual(
    summariseSource(someFacts({ durationSeconds: 60.12345, video: { averageFrameRate: rate }, audio: null })),
    {
      container: 'mp4',
      durationSeconds: 60.123,
      width: 1920,
      height: 1080,
      frameRate: 29.97,
      videoCodec: 'h264',
      audioCodec: null,
      audioChannels: null,
      audioSampleRateHz: null,
    },
  )
})
