import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StreamDetails } from '@reelway/shared/hls/stream-details.ts'
import type { StreamIndex } from '@reelway/shared/hls/stream-index.ts'
import { peakBitsPerSecond } from '@reelway/web/hls/peak-bits.ts'
import { renderKeyFrameMedia, renderMaster, renderMedia } from '@reelway/web/hls/render-playlists.ts'

const index: StreamIndex = {
  frameRate: 30000 / 1001,
  video: [
    {
      ...{ name: 'video-480p', codec: 'avc1.64001f', initBytes: 700, width: 854, height: 480 },
      segments: [
        [100_000, 2.002],
        [600_000, 6.006],
        [300_000, 6.006],
        [50_000, 1.001],
      ],
    },
  ],
  sound: { name: 'sound', codec: 'mp4a.40.2', initBytes: 600, segments: [[96_000, 6]] },
}

const details: StreamDetails = {
  title: 'The "Eagle"',
  soundLanguage: 'ger',
  keyFrames: {
    'video-480p': [
      [700, 20_000, 2.002],
      [100_700, 60_000, 2.002],
      [300_700, 10_000, 2.002],
    ],
  },
}

test('a master playlist says what each size needs of a line, with its sound, by what was measured', () => {
  assert.equal(
    renderMaster(index, details, (name) => `${name}.m3u8?token=t`),
    `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-SESSION-DATA:DATA-ID="com.apple.hls.title",VALUE="The 'Eagle'"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",LANGUAGE="de",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="sound.m3u8?token=t"
#EXT-X-STREAM-INF:BANDWIDTH=927201,AVERAGE-BANDWIDTH=687441,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=854x480,FRAME-RATE=29.970,AUDIO="sound",CLOSED-CAPTIONS=NONE
video-480p.m3u8?token=t
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=239761,AVERAGE-BANDWIDTH=119881,CODECS="avc1.64001f",RESOLUTION=854x480,URI="video-480p-key-frames.m3u8?token=t"
`,
  )
})

test('a stream of an older release, whose key frames, title and language are not known, is played as before', () => {
  const master = renderMaster(index, null, (name) => `${name}.m3u8`)
  assert.doesNotMatch(master, /I-FRAME|SESSION-DATA/)
  assert.match(master, /LANGUAGE="und"/)
  const [video] = index.video
  assert.ok(video !== undefined)
  assert.equal(renderKeyFrameMedia(video, null, 'a.mp4'), undefined)
})

test('the playlist of key frames has each as a range of its own, shown until the next', () => {
  const [video] = index.video
  assert.ok(video !== undefined)
  const text = renderKeyFrameMedia(video, details, 'a.mp4') ?? ''
  assert.match(text, /^#EXT-X-I-FRAMES-ONLY$/m)
  assert.match(text, /^#EXT-X-TARGETDURATION:2$/m)
  assert.deepEqual(
    [...text.matchAll(/^#EXTINF:([\d.]+),\n#EXT-X-BYTERANGE:(.*)$/gm)].map(([, seconds, range]) => [seconds, range]),
    [
      ['2.002000', '20000@700'],
      ['2.002000', '60000@100700'],
      ['2.002000', '10000@300700'],
    ],
  )
})

test('a stream without sound has no group of it', () => {
  const master = renderMaster({ ...index, sound: null }, details, (name) => name)
  assert.doesNotMatch(master, /AUDIO|mp4a/)
})

test('the ranges of a playlist follow each other from behind what sets up the decoder', () => {
  const [video] = index.video
  assert.ok(video !== undefined)
  const text = renderMedia(video, index, 'https://storage.example/a?b=c')
  assert.match(text, /^#EXT-X-TARGETDURATION:6$/m)
  assert.match(text, /^#EXT-X-MAP:URI="https:\/\/storage\.example\/a\?b=c",BYTERANGE="700@0"$/m)
  const ranges = [...text.matchAll(/^#EXT-X-BYTERANGE:(.*)$/gm)].map(([, range]) => range)
  assert.deepEqual(ranges, ['100000@700', '600000@100700', '300000@700700', '50000@1000700'])
  assert.match(text, /#EXT-X-ENDLIST\n$/)
})

test('the peak is that of segments which last between half and one and a half times the target', () => {
  // The first is the fastest, but too short to count by itself; with the second it is 700 kB in 8.008 s, less than the second alone.
  const segments: [number, number][] = [
    [250_000, 2.002],
    [600_000, 6.006],
    [300_000, 6.006],
  ]
  assert.equal(peakBitsPerSecond(segments), Math.ceil((850_000 * 8) / 8.008))
  assert.equal(peakBitsPerSecond([[1000, 0.2]]), 40_000)
})
