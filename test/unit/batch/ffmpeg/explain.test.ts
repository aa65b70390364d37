import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainExit, isDurationGuessed } from '@reelway/batch/ffmpeg/explain.ts'

/** What ffmpeg 5.1 really wrote, and what it means. */
const messages = [
  ["[hls @ 0x5] Format not on whitelist 'mov,mp4'\nhttp://127.0.0.1:1/x: Invalid argument\n", 'not_a_video'],
  [
    '[mov,mp4 @ 0x5] moov atom not found\nhttp://127.0.0.1:1/x: Invalid data found when processing input\n',
    'not_a_video',
  ],
  ['http://127.0.0.1:1/x: Invalid data found when processing input\n', 'not_a_video'],
  ['HTTP error 416 Range Not Satisfiable\nhttp://127.0.0.1:1/x: Server returned 4XX Client Error\n', 'not_a_video'],
  ['Number of streams exceeds max_streams parameter (64)\nx: Cannot allocate memory\n', 'not_a_video'],
  ["Stream map '0:v' matches no streams.\n", 'no_picture'],
  ['Picture size 16000x8000 exceeds specified max pixel count 35389440\n', 'picture_too_large'],
  ['av_interleaved_write_frame(): No space left on device\n', 'out_of_disk'],
  ["Unknown encoder 'libsvtav1'\n", 'encoder_missing'],
  ['[mov,mp4 @ 0x2c] error reading header\nhttp://127.0.0.1:1/x: Cannot allocate memory\n', 'not_a_video'],
  ['x264 [error]: malloc failed\nCannot allocate memory\n', 'source_undecodable'],
  [
    '[matroska,webm @ 0x4] File ended prematurely at pos. 54 (0x36)\nhttp://127.0.0.1:1/x: Input/output error\n',
    'not_a_video',
  ],
  ['[tcp @ 0x5] Connection to tcp://127.0.0.1:1 failed: Connection refused\n', 'source_unreachable'],
  ['HTTP error 503 Service Unavailable\nServer returned 5XX Server Error reply\n', 'source_unreachable'],
  ['Decoder (codec ac4) not found for input stream #0:1\n', 'source_undecodable'],
  ['Something that nobody has seen before\n', 'conversion_failed'],
] as const

for (const [stderrTail, code] of messages) {
  test(`"${stderrTail.split('\n', 1)[0]}" is ${code}`, () => {
    assert.equal(explainExit({ exitCode: 1, signalName: null, stderrTail }), code)
  })
}

test('an encoder that was ended by a signal that we did not send has crashed, whatever it wrote before', () => {
  const stderrTail = 'Invalid data found when processing input\n'
  assert.equal(explainExit({ exitCode: null, signalName: 'SIGSEGV', stderrTail }), 'encoder_crashed')
})

test('the exit code for too many decoding errors needs no message', () => {
  assert.equal(explainExit({ exitCode: 69, signalName: null, stderrTail: '' }), 'source_undecodable')
})

test('a duration that ffprobe computed from the bit rate is a guess', () => {
  assert.equal(isDurationGuessed('[matroska] Estimating duration from bitrate, this may be inaccurate\n'), true)
  assert.equal(isDurationGuessed(''), false)
})
