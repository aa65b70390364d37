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
  bookends: { beforeSeconds: 1, afterSeconds: 1 },
  maxDurationSeconds: 18,
  partable: false,
  cost: { decodeSecondsPerMegapixel: 0.003, encodeSecondsPerMegapixel: 0.025 },
} as const satisfies Preset
