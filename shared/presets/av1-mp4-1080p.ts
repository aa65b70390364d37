import type { Preset } from './schema.ts'
import { av1, av1Cost } from './settings/av1.ts'
import { mp4 } from './settings/containers.ts'
import { opus } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The smallest file of 1080p for what plays AV1, as an mp4. */
export const av1Mp41080p = {
  name: 'av1-mp4-1080p',
  title: 'AV1 in MP4, up to 1080p',
  description:
    'The whole video in AV1 and Opus in an mp4, at most 1920x1080 (portrait: 1080x1920) and never enlarged. The smallest files for their quality, free of licence fees, for new browsers and devices.',
  container: mp4,
  video: av1,
  canvas: { kind: 'bounded', maxShortSide: 1080, maxLongSide: 1920 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: opus,
  ...wholeVideo,
  cost: av1Cost,
} as const satisfies Preset
