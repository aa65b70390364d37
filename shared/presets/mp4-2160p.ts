import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { h264, h264Copy, h264Cost } from './settings/h264.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The whole video for the largest screens. */
export const mp42160p = {
  name: 'mp4-2160p',
  title: 'MP4, up to 2160p',
  description:
    'The whole video in H.264 and AAC, at most 3840x2160 (portrait: 2160x3840) and never enlarged. 4K for televisions and for further editing; large files, and older phones do not play it.',
  container: mp4,
  video: h264,
  canvas: { kind: 'bounded', maxShortSide: 2160, maxLongSide: 3840 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: aac,
  ...wholeVideo,
  copy: h264Copy,
  cost: h264Cost,
} as const satisfies Preset
