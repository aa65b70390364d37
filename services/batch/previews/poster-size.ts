const LONGEST_PIXELS = 1280

/** The size of a poster, in pixels: that of the picture, or 1280 on the longer side. */
export const posterSize = ({ width, height }: { width: number; height: number }): { width: number; height: number } => {
  const scale = Math.min(1, LONGEST_PIXELS / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
