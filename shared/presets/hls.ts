import { videoOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** The whole video for players that change between sizes while they play. */
export const hls = {
  name: 'hls',
  title: 'HLS, up to 1080p',
  description:
    'The whole video for streaming: in up to five sizes from 1920x1080 to 426x240 (never enlarged), between which a player changes while it plays, with its sound beside them. H.264 and AAC in CMAF. Plays by hls.js and in Safari.',
  container: { format: 'hls', extension: 'm3u8', contentType: 'application/vnd.apple.mpegurl' },
  video: {
    codec: 'h264',
    speed: 'veryfast',
    crf: 21,
    pixelFormat: 'yuv420p',
    // Apple's HLS authoring specification, 1.13: a key frame every two seconds.
    keyframeSeconds: 2,
  },
  canvas: { kind: 'bounded', maxShortSide: 1080, maxLongSide: 1920 },
  // The rates of Apple's HLS authoring specification for H.264 at 30 a second, rounded, are those at which a stream is peaceful; a
  // limit of one and a half times as much is met in turmoil only.
  ladder: [
    { name: '1080p', maxShortSide: 1080, maxLongSide: 1920, maxBitsPerSecond: 8_000_000 },
    { name: '720p', maxShortSide: 720, maxLongSide: 1280, maxBitsPerSecond: 4_500_000 },
    { name: '480p', maxShortSide: 480, maxLongSide: 854, maxBitsPerSecond: 2_000_000 },
    { name: '360p', maxShortSide: 360, maxLongSide: 640, maxBitsPerSecond: 1_000_000 },
    { name: '240p', maxShortSide: 240, maxLongSide: 426, maxBitsPerSecond: 450_000 },
  ],
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: { codec: 'aac', bitsPerSecond: 128_000, sampleRateHz: 48_000, channels: 2, withoutSound: 'no-track' },
  accepts: [...videoOptions],
  bookends: null,
  maxDurationSeconds: null,
  still: null,
  partable: true,
  // As mp4-720p, whose encoder it is: of all sizes together.
  cost: { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.027 },
} as const satisfies Preset
