import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { crfOffsets } from '@reelway/shared/presets/quality-scale.ts'
import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'

// Crf 0 is lossless for some encoders, which is no better picture but ten times the size, and needs another profile of H.264.
const BEST_CRF = 1
const WORST_CRF = { h264: 51, hevc: 51, vp9: 63, av1: 63 } as const

/** The settings of the encoder of the picture: those of the preset, better or worse by what `options.quality` says. */
export const planVideo = ({ video }: Preset, { quality }: TaskOptions): EncodePlan['video'] => {
  if (quality === undefined || !('crf' in video)) return video
  const crf = video.crf + crfOffsets[video.codec][quality]
  return { ...video, crf: Math.min(WORST_CRF[video.codec], Math.max(BEST_CRF, crf)) }
}
