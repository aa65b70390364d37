import type { Preset } from './schema.ts'
import { webm } from './settings/containers.ts'
import { opus } from './settings/sound.ts'
import { vp9, vp9Copy, vp9Cost } from './settings/vp9.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The whole video for the open web. */
export const webm720p = {
  name: 'webm-720p',
  title: 'WebM, up to 720p',
  description:
    'The whole video in VP9 and Opus, at most 1280x720 (portrait: 720x1280) and never enlarged. Files of about the size of mp4 for web pages, free of licence fees.',
  container: webm,
  video: vp9,
  canvas: { kind: 'bounded', maxShortSide: 720, maxLongSide: 1280 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: opus,
  ...wholeVideo,
  copy: vp9Copy,
  cost: vp9Cost,
} as const satisfies Preset
