import type { Preset } from './schema.ts'
import { mp4 } from './settings/containers.ts'
import { hevc, hevcCost } from './settings/hevc.ts'
import { aac } from './settings/sound.ts'
import { wholeVideo } from './settings/whole-video.ts'

/** 4K in files that are not too large. */
export const hevc2160p = {
  name: 'hevc-2160p',
  title: 'HEVC, up to 2160p',
  description:
    'The whole video in HEVC (H.265) and AAC, at most 3840x2160 (portrait: 2160x3840) and never enlarged. 4K for iPhones, iPads, Macs and televisions in smaller files than mp4-2160p. Many browsers do not play it.',
  container: mp4,
  video: hevc,
  canvas: { kind: 'bounded', maxShortSide: 2160, maxLongSide: 3840 },
  frameRate: { minPerSecond: 1, maxPerSecond: 60 },
  audio: aac,
  ...wholeVideo,
  cost: hevcCost,
} as const satisfies Preset
