import { animationOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/**
 * A short silent loop for web pages: a fraction of a GIF's size, in all colours. Quality/effort, measured on the same four clips as
 * GIF (gif.ts) at 25 frames a second: KiB together, average SSIM, CPU seconds together.
 *
 *     50/3   1251   0.9516    3.5      70/0   1889   0.9553    2.8      75/3   1620   0.9557   4.4
 *     60/3   1397   0.9533    3.8      70/3   1545   0.9555    4.1      80/3   1867   0.9581   4.6
 *     60/6   1361   0.9532   30.7      70/6   1498   0.9553   42.9      90/3   2871   0.9617   4.9
 */
export const webp = {
  name: 'webp',
  title: 'Animated WebP, up to 15 seconds',
  description:
    'The first 15 seconds (or as many of a range that `trim` names) as an animated WebP, at most 480 pixels wide and high and 25 frames a second. It has no sound, repeats for ever, has all colours, and is smaller than a GIF.',
  container: { format: 'webp', extension: 'webp', contentType: 'image/webp' },
  // Above 75 each step costs twice what it costs below; effort 6 takes ten times the time for 3 % fewer bytes.
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
