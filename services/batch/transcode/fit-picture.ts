import type { VideoPreset } from '@reelway/shared/presets/schema.ts'

type Size = { width: number; height: number }

/**
 * The size that the whole upright picture is scaled to, and the canvas it stands on, in pixels. Sides are even, as the
 * encoders' 4:2:0 colour needs them.
 */
export const fitPicture = (display: Size, canvas: VideoPreset['canvas']): { picture: Size; canvas: Size } => {
  if (canvas.kind === 'fixed') {
    const scale = Math.min(canvas.width / display.width, canvas.height / display.height)
    const picture = {
      width: Math.min(canvas.width, nearestEven(display.width * scale)),
      height: Math.min(canvas.height, nearestEven(display.height * scale)),
    }
    return { picture, canvas: { width: canvas.width, height: canvas.height } }
  }
  const short = Math.min(display.width, display.height)
  const long = Math.max(display.width, display.height)
  const scale = Math.min(1, canvas.maxShortSide / short, canvas.maxLongSide / long)
  const picture = {
    width: Math.min(nearestEven(display.width * scale), evenBelow(display.width)),
    height: Math.min(nearestEven(display.height * scale), evenBelow(display.height)),
  }
  return { picture, canvas: picture }
}

const nearestEven = (length: number): number => Math.max(2, 2 * Math.round(length / 2))

/** Never larger than the source, except that the smallest picture has two pixels. */
const evenBelow = (length: number): number => Math.max(2, 2 * Math.floor(length / 2))
