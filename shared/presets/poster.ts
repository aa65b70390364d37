import { stillOptions } from '../options/task-options.ts'
import type { Preset } from './schema.ts'

/**
 * What is shown of a video before it plays. A frame each of the clips that GIF was measured on (gif.ts) in 1920x1080, by quantiser: KiB
 * together, and average SSIM.
 *
 *     2   1345   0.9584      4   628   0.9370      6   404   0.9247
 *     3    871   0.9471      5   499   0.9302      8   304   0.9183
 *
 * The choice among 16 frames of 1920x1080 takes 1.04 s of a processor and 145 MB; by hand 1.04 s and 132 MB; with signalstats, and with the
 * frames kept as RGB, 1.47 s and 204 MB.
 */
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
