import { animationOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** A short silent loop for web pages: a fraction of a GIF's size, in all colours. */
export const webp = {
  name: 'webp',
  title: 'Animated WebP, up to 15 seconds',
  description:
    'The first 15 seconds (or as many of a range that `trim` names) as an animated WebP, at most 480 pixels wide and high and 25 frames a second. It has no sound, repeats for ever, has all colours, and is smaller than a GIF.',
  container: { format: 'webp', extension: 'webp', contentType: 'image/webp' },
  // Of a noisy 480x270: effort 3 takes twice the time of 0, for 26 % fewer bytes.
  video: { codec: 'webp', quality: 70, effort: 3, pixelFormat: 'yuv444p' },
  canvas: { kind: 'bounded', maxShortSide: 480, maxLongSide: 480 },
  frameRate: { minPerSecond: 1, maxPerSecond: 25 },
  audio: null,
  accepts: [...animationOptions],
  bookends: null,
  maxDurationSeconds: 15,
  ladder: null,
  still: null,
  partable: false,
  // CPU seconds of one core, ffmpeg 5.1, November 2026: 25 noisy frames of 480x270 took 0.7 s.
  cost: { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.24 },
} as const satisfies Preset
