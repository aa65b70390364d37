import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { h264, h264Copy, h264Cost } from './settings/h264.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The whole video for every device there is. */
export const mp4720p = {
  name: 'mp4-720p',
  title: 'MP4, up to 720p',
  description:
    'The whole video in H.264 and AAC, at most 1280x720 (portrait: 720x1280) and never enlarged. Plays on every phone, computer and television, and starts before it is fully loaded.',
  container: mp4,
  video: h264,
  canvas: { kind: 'bounded', maxShortSide: 720, maxLongSide: 1280 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: aac,
  ...wholeVideo,
  copy: h264Copy,
  cost: h264Cost,
} as const satisfies Preset
