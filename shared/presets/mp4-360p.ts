import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { h264, h264Copy, h264Cost } from './settings/h264.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** The whole video for slow connections and small screens. */
export const mp4360p = {
  name: 'mp4-360p',
  title: 'MP4, up to 360p',
  description:
    'The whole video in H.264 and AAC, at most 640x360 (portrait: 360x640) and never enlarged, at most 30 frames a second. The smallest mp4: for slow connections and previews.',
  container: mp4,
  video: h264,
  canvas: { kind: 'bounded', maxShortSide: 360, maxLongSide: 640 },
  frameRate: { minPerSecond: 1, maxPerSecond: 30 },
  audio: aac,
  ...wholeVideo,
  copy: h264Copy,
  cost: h264Cost,
} as const satisfies Preset
