import type { Preset } from '@reelway/shared/presets/schema.ts'
import type { EncodePlan, Rational } from '../ffmpeg/encode-plan.ts'

/** How many frames the result has of each of its legs: what stands before the source, the source, and what stands after it. */
export const countFrames = (usedSeconds: number, frameRate: Rational, { bookends }: Preset): EncodePlan['frames'] => {
  const framesOf = (seconds: number) => Math.round((seconds * frameRate.num) / frameRate.den)
  const intro = bookends === null ? 0 : framesOf(bookends.beforeSeconds)
  const outro = bookends === null ? 0 : framesOf(bookends.afterSeconds)
  // A leg of one frame is lost when it is joined to others (run), so a picture between logos is shown for two.
  const body = Math.max(bookends === null ? 1 : 2, framesOf(usedSeconds))
  return { intro, body, outro, total: intro + body + outro }
}
