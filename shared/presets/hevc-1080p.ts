import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { hevc, hevcCost } from './settings/hevc.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** Half the bytes of mp4 for the devices of the last ten years. */
export const hevc1080p = {
  name: 'hevc-1080p',
  title: 'HEVC, up to 1080p',
  description:
    'The whole video in HEVC (H.265) and AAC, at most 1920x1080 (portrait: 1080x1920) and never enlarged. Smaller files than mp4-1080p in the same quality for iPhones, iPads, Macs and televisions. Many browsers do not play it.',
  container: mp4,
  video: hevc,
  canvas: { kind: 'bounded', maxShortSide: 1080, maxLongSide: 1920 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: aac,
  ...wholeVideo,
  cost: hevcCost,
} as const satisfies Preset
