import type { Preset } from './schema.ts'
import { av1, av1Cost } from './settings/av1.ts'
import { webm } from './settings/containers.ts'
import { opus } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The smallest file of 2160p for what plays AV1, as a WebM file. */
export const av1Webm2160p = {
  name: 'av1-webm-2160p',
  title: 'AV1 in WebM, up to 2160p',
  description:
    'The whole video in AV1 and Opus in a WebM file, at most 3840x2160 (portrait: 2160x3840) and never enlarged. The smallest files for their quality, free of licence fees, for new browsers and devices.',
  container: webm,
  video: av1,
  canvas: { kind: 'bounded', maxShortSide: 2160, maxLongSide: 3840 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: opus,
  ...wholeVideo,
  cost: av1Cost,
} as const satisfies Preset
