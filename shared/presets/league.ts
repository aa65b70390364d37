import { videoOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** The clip of the league: a short highlight of one size between two showings of our logo. */
export const league = {
  name: 'league',
  title: 'League clip',
  description:
    'The first 18 seconds, fitted into 640x360 with black bars, with our logo for one second before and after. Sound is kept. An mp4 (H.264, AAC) that plays everywhere.',
  container: { format: 'mp4', extension: 'mp4', contentType: 'video/mp4' },
  video: {
    codec: 'h264',
    // Against the first system's two encodes (medium, 23, twice) this takes 0.47 of the time at a higher SSIM: the second
    // generation loss that they pay is larger than what veryfast gives up. veryfast 21 falls below it in the chroma planes.
    speed: 'veryfast',
    crf: 19,
    pixelFormat: 'yuv420p',
    keyframeSeconds: 4,
  },
  canvas: { kind: 'fixed', width: 640, height: 360, fit: 'contain', background: 'black' },
  // At least 10: one second of logo must be more than one frame.
  frameRate: { minPerSecond: 10, maxPerSecond: 60 },
  audio: { codec: 'aac', bitsPerSecond: 128_000, sampleRateHz: 48_000, channels: 2, withoutSound: 'silence' },
  accepts: [...videoOptions],
  bookends: { beforeSeconds: 1, afterSeconds: 1 },
  maxDurationSeconds: 18,
  ladder: null,
  still: null,
  partable: false,
  // CPU seconds of one core, ffmpeg 5.1, November 2026, 1080p60 of 9 Mb/s: 7.6 s for decode and scale of 2239 megapixels,
  // 3.8 s for the encode of 276 with its sound; and a tenth.
  cost: { decodeSecondsPerMegapixel: 0.0037, encodeSecondsPerMegapixel: 0.015 },
} as const satisfies Preset
