/** A tile of a picture of 16:9 is 160x90: four fit side by side above the seek bar of a telephone. Others have the same area. */
const AREA_PIXELS = 160 * 90
/** So long a side has a tile of a picture that is a strip. */
const LONGEST_PIXELS = 320

/**
 * The size of a tile of a storyboard, in pixels: the picture's shape, and no larger than the picture. Even, because its colours are kept for
 * every other pixel.
 */
export const tileSize = ({ width, height }: { width: number; height: number }): { width: number; height: number } => {
  const scale = Math.min(Math.sqrt(AREA_PIXELS / (width * height)), LONGEST_PIXELS / Math.max(width, height), 1)
  return { width: even(width * scale), height: even(height * scale) }
}

const even = (pixels: number): number => Math.max(2, Math.round(pixels / 2) * 2)
