import { animationOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** A short silent loop that every place shows in which a picture may be put. */
export const gif = {
  name: 'gif',
  title: 'GIF, up to 15 seconds',
  description:
    'The first 15 seconds (or as many of a range that `trim` names) as an animated GIF, at most 480 pixels wide and high and 15 frames a second. It has no sound, repeats for ever, and plays wherever a picture is shown.',
  container: { format: 'gif', extension: 'gif', contentType: 'image/gif' },
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
