import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { h264, h264Copy, h264Cost } from './settings/h264.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The whole video for large screens. */
export const mp41080p = {
  name: 'mp4-1080p',
  title: 'MP4, up to 1080p',
  description:
    'The whole video in H.264 and AAC, at most 1920x1080 (portrait: 1080x1920) and never enlarged. Full HD for televisions and computers; phones play it, too.',
  container: mp4,
  video: h264,
  canvas: { kind: 'bounded', maxShortSide: 1080, maxLongSide: 1920 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: aac,
  ...wholeVideo,
  copy: h264Copy,
  cost: h264Cost,
} as const satisfies Preset
