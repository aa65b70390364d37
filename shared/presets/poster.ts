import { stillOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/** What is shown of a video before it plays. */
export const poster = {
  name: 'poster',
  title: 'Poster',
  description:
    'One picture as a JPEG, at most 1920x1080 (portrait: 1080x1920) and never enlarged: the most typical of the first ten seconds, and no black or empty one if there is another. Or the one at the time that `trim.startSeconds` names.',
  container: { format: 'jpeg', extension: 'jpg', contentType: 'image/jpeg' },
  video: { codec: 'mjpeg', scale: 3, pixelFormat: 'yuv420p' },
  canvas: { kind: 'bounded', maxShortSide: 1080, maxLongSide: 1920 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: null,
  accepts: [...stillOptions],
  bookends: null,
  maxDurationSeconds: 10,
  ladder: null,
  still: { choicesPerSecond: 4 },
  partable: false,
  cost: { decodeSecondsPerMegapixel: 0.0046, encodeSecondsPerMegapixel: 0.05 },
} as const satisfies Preset
