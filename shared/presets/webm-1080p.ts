import type { Preset } from './schema.ts'
import { webm } from './settings/containers.ts'
import { opus } from './settings/sound.ts'
import { vp9, vp9Copy, vp9Cost } from './settings/vp9.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The open web on large screens. */
export const webm1080p = {
  name: 'webm-1080p',
  title: 'WebM, up to 1080p',
  description:
    'The whole video in VP9 and Opus, at most 1920x1080 (portrait: 1080x1920) and never enlarged. Full HD for web pages, free of licence fees.',
  container: webm,
  video: vp9,
  canvas: { kind: 'bounded', maxShortSide: 1080, maxLongSide: 1920 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: opus,
  ...wholeVideo,
  copy: vp9Copy,
  cost: vp9Cost,
} as const satisfies Preset
