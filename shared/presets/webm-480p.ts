import type { Preset } from './schema.ts'
import { webm } from './settings/containers.ts'
import { opus } from './settings/sound.ts'
import { vp9, vp9Copy, vp9Cost } from './settings/vp9.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The open web on slow connections. */
export const webm480p = {
  name: 'webm-480p',
  title: 'WebM, up to 480p',
  description:
    'The whole video in VP9 and Opus, at most 854x480 (portrait: 480x854) and never enlarged, at most 30 frames a second. Small files for web pages, free of licence fees.',
  container: webm,
  video: vp9,
  canvas: { kind: 'bounded', maxShortSide: 480, maxLongSide: 854 },
  frameRate: { minPerSecond: 1, maxPerSecond: 30 },
  audio: opus,
  ...wholeVideo,
  copy: vp9Copy,
  cost: vp9Cost,
} as const satisfies Preset
