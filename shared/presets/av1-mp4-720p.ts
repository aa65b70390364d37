import type { Preset } from './schema.ts'
import { av1, av1Cost } from './settings/av1.ts'
import { mp4 } from './settings/containers.ts'
import { opus } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The smallest file of 720p for what plays AV1, as an mp4. */
export const av1Mp4720p = {
  name: 'av1-mp4-720p',
  title: 'AV1 in MP4, up to 720p',
  description:
    'The whole video in AV1 and Opus in an mp4, at most 1280x720 (portrait: 720x1280) and never enlarged. The smallest files for their quality, free of licence fees, for new browsers and devices.',
  container: mp4,
  video: av1,
  canvas: { kind: 'bounded', maxShortSide: 720, maxLongSide: 1280 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: opus,
  ...wholeVideo,
  cost: av1Cost,
} as const satisfies Preset
