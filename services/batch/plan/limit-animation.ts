import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { Refused } from '../refusal.ts'

// The frames of a GIF wait in memory for their palette, four bytes a pixel: 400 MB. The preset alone comes to a half of it.
const MOST_MEGAPIXELS = 100

/** Of how many frames, `frames` at most, a still picture of a size may be chosen: they wait in memory, too. */
export const limitChoices = ({ width, height }: EncodePlan['canvas'], frames: number): number =>
  Math.max(1, Math.min(frames, Math.floor((MOST_MEGAPIXELS * 1e6) / (width * height))))

/** The refusal of an animation that is too large by all of its frames together; undefined for all else. */
export const limitAnimation = (
  { video }: VideoPreset,
  { canvas: { width, height }, frames }: Pick<EncodePlan, 'canvas' | 'frames'>,
): Refused | undefined => {
  const megapixels = Math.ceil((width * height * frames.total) / 1e6)
  const isAnimation = video.codec === 'gif' || video.codec === 'webp'
  if (!isAnimation || megapixels <= MOST_MEGAPIXELS) return undefined
  const parameters = { width, height, frames: frames.total, megapixels, limitMegapixels: MOST_MEGAPIXELS }
  return { kind: 'refused', code: 'animation_too_large', parameters }
}
