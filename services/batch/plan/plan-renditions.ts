import type { VideoPreset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan, Rendition } from '../ffmpeg/encode-plan.ts'
import { fitPicture } from './fit-picture.ts'

/**
 * The sizes of a ladder for a canvas, the largest first: that of the canvas, and each rung below it. Of rungs that a small source
 * would have in the same size, the one with the fewest bits is taken. Null for a preset without a ladder.
 */
export const planRenditions = ({ ladder }: VideoPreset, canvas: EncodePlan['canvas']): Rendition[] | null => {
  if (ladder === null) return null
  const all = ladder.map(({ name, maxShortSide, maxLongSide, maxBitsPerSecond }) => {
    const { picture } = fitPicture(canvas, { kind: 'bounded', maxShortSide, maxLongSide })
    return { name, width: picture.width, height: picture.height, maxBitsPerSecond }
  })
  return all.filter(({ width, height }, index) => {
    const next = all[index + 1]
    return next === undefined || next.width !== width || next.height !== height
  })
}
