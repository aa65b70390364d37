import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { h264, h264Copy, h264Cost } from './settings/h264.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The whole video for the screens of computers. */
export const mp41440p = {
  name: 'mp4-1440p',
  title: 'MP4, up to 1440p',
  description:
    'The whole video in H.264 and AAC, at most 2560x1440 (portrait: 1440x2560) and never enlarged. Sharper than Full HD on large screens.',
  container: mp4,
  video: h264,
  canvas: { kind: 'bounded', maxShortSide: 1440, maxLongSide: 2560 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: aac,
  ...wholeVideo,
  copy: h264Copy,
  cost: h264Cost,
} as const satisfies Preset
