import { animationOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/**
 * A short silent loop that every place shows in which a picture may be put. Measured on two seconds each of noise, a screen, moving
 * textures and darkness (test/videos/bench-recipes.ts): 480x270, 15 frames a second, ffmpeg 5.1, November 2026; KiB together,
 * average SSIM, CPU seconds together:
 *
 *     256 colours, ordered, scale 2    8891   0.9070   4.5      128 colours, ordered, scale 3      7364   0.9169   4.2
 *     256 colours, ordered, scale 3    8880   0.9327   5.3       64 colours, ordered, scale 3      5661   0.8983   3.8
 *     256 colours, ordered, scale 4    8684   0.9409   4.8      128 colours, error diffusion       7190   0.9115   4.9
 *     256 colours, error diffusion     8424   0.9335   5.4      256 colours, none                  8089   0.9440   4.1
 */
export const gif = {
  name: 'gif',
  title: 'GIF, up to 15 seconds',
  description:
    'The first 15 seconds (or as many of a range that `trim` names) as an animated GIF, at most 480 pixels wide and high and 15 frames a second. It has no sound, repeats for ever, and plays wherever a picture is shown.',
  container: { format: 'gif', extension: 'gif', contentType: 'image/gif' },
  // No dither measures best, and shows bands in every sky; errors passed on crawl where nothing moves.
  video: { codec: 'gif', colours: 256, dither: 'ordered', pixelFormat: 'yuv444p' },
  canvas: { kind: 'bounded', maxShortSide: 480, maxLongSide: 480 },
  frameRate: { minPerSecond: 1, maxPerSecond: 15 },
  audio: null,
  accepts: [...animationOptions],
  bookends: null,
  maxDurationSeconds: 15,
  ladder: null,
  still: null,
  partable: false,
  // CPU seconds of one core, ffmpeg 5.1, November 2026: palette and dither of 75 frames of 480x270 took 4.4 s, and 150 MB for the
  // frames that wait for the palette.
  cost: { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.5 },
} as const satisfies Preset
