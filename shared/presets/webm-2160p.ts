import type { Preset } from './schema.ts'
import { webm } from './settings/containers.ts'
import { opus } from './settings/sound.ts'
import { vp9, vp9Copy, vp9Cost } from './settings/vp9.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The open web on the largest screens. */
export const webm2160p = {
  name: 'webm-2160p',
  title: 'WebM, up to 2160p',
  description:
    'The whole video in VP9 and Opus, at most 3840x2160 (portrait: 2160x3840) and never enlarged. 4K for web pages, free of licence fees.',
  container: webm,
  video: vp9,
  canvas: { kind: 'bounded', maxShortSide: 2160, maxLongSide: 3840 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: opus,
  ...wholeVideo,
  copy: vp9Copy,
  cost: vp9Cost,
} as const satisfies Preset
