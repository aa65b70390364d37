import { videoOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** The whole video for every device there is. */
export const mp4720p = {
  name: 'mp4-720p',
  title: 'MP4, up to 720p',
  description:
    'The whole video in H.264 and AAC, at most 1280x720 (portrait: 720x1280) and never enlarged. Plays on every phone, computer and television, and starts before it is fully loaded.',
  container: { format: 'mp4', extension: 'mp4', contentType: 'video/mp4' },
  video: {
    codec: 'h264',
    // Time is the limit of a delivery, not bytes: medium takes about twice as long for some 10 % fewer bytes.
    speed: 'veryfast',
    crf: 21,
    pixelFormat: 'yuv420p',
    keyframeSeconds: 4,
  },
  canvas: { kind: 'bounded', maxShortSide: 720, maxLongSide: 1280 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: { codec: 'aac', bitsPerSecond: 128_000, sampleRateHz: 48_000, channels: 2, withoutSound: 'no-track' },
  accepts: [...videoOptions],
  bookends: null,
  maxDurationSeconds: null,
  still: null,
  partable: true,
  // CPU seconds of one core, ffmpeg 5.1, November 2026, noisy 1080p60: decode and scale 4.2 ms, encode 25 ms, and a tenth.
  cost: { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.027 },
} as const satisfies Preset
