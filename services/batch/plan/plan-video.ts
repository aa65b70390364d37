import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { crfOffsets } from '@reelway/shared/presets/quality-scale.ts'
import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'

// Crf 0 is lossless for some encoders, which is no better picture but ten times the size, and needs another profile of H.264.
const BEST_CRF = 1
const WORST_CRF = { h264: 51, hevc: 51, vp9: 63, av1: 63 } as const

// A palette is as good as its colours are many; from there on it is the dither: errors that are passed on flicker, and take room.
const GIF_QUALITIES = {
  smallest: { colours: 48, dither: 'none' },
  small: { colours: 128, dither: 'ordered' },
  standard: {},
  high: { colours: 256, dither: 'error-diffusion' },
  best: { colours: 256, dither: 'error-diffusion' },
} as const

// Of libwebp's scale from 0 to 100.
const WEBP_OFFSETS = { smallest: -35, small: -15, standard: 0, high: 12, best: 22 } as const

// Of quantisers, of which a larger one makes a smaller file.
const BEST_JPEG = 2
const JPEG_OFFSETS = { smallest: 9, small: 3, standard: 0, high: -1, best: -1 } as const

/** The settings of the encoder of the picture: those of the preset, better or worse by what `options.quality` says. */
export const planVideo = ({ video }: VideoPreset, { quality }: TaskOptions): EncodePlan['video'] => {
  if (quality === undefined) return video
  if (video.codec === 'gif') return { ...video, ...GIF_QUALITIES[quality] }
  if (video.codec === 'webp') return { ...video, quality: video.quality + WEBP_OFFSETS[quality] }
  if (video.codec === 'mjpeg') return { ...video, scale: Math.max(BEST_JPEG, video.scale + JPEG_OFFSETS[quality]) }
  const crf = video.crf + crfOffsets[video.codec][quality]
  return { ...video, crf: Math.min(WORST_CRF[video.codec], Math.max(BEST_CRF, crf)) }
}
