import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { Refused } from '../refusal.ts'

// Below these the encoders refuse to begin: SVT-AV1 says so itself, x265 encodes 16x16 but not 12x12 (run).
const LEAST_PIXELS: Partial<Record<VideoPreset['video']['codec'], number>> = { av1: 64, hevc: 16 }

/** Refused: the codec of the preset has no pictures as small as this canvas. */
export const refuseTiny = (
  { video }: VideoPreset,
  { width, height }: { width: number; height: number },
): Refused | undefined => {
  const leastPixels = LEAST_PIXELS[video.codec] ?? 0
  if (Math.min(width, height) >= leastPixels) return undefined
  return { kind: 'refused', code: 'picture_too_small', parameters: { width, height, leastPixels } }
}
