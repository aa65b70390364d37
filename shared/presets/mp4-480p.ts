import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { h264, h264Copy, h264Cost } from './settings/h264.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The whole video in the definition of a DVD. */
export const mp4480p = {
  name: 'mp4-480p',
  title: 'MP4, up to 480p',
  description:
    'The whole video in H.264 and AAC, at most 854x480 (portrait: 480x854) and never enlarged, at most 30 frames a second. Small files for phones and messengers.',
  container: mp4,
  video: h264,
  canvas: { kind: 'bounded', maxShortSide: 480, maxLongSide: 854 },
  frameRate: { minPerSecond: 1, maxPerSecond: 30 },
  audio: aac,
  ...wholeVideo,
  copy: h264Copy,
  cost: h264Cost,
} as const satisfies Preset
