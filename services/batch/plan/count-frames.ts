import type { EncodePlan, Rational } from '../ffmpeg/encode-plan.ts'

// A leg of one frame is lost when it is joined to others (run).
const LEAST_OF_SEVERAL = 2

/** How many frames the result has of each of its legs, by what each lasts in seconds; 0: there is none. */
export const countFrames = (
  seconds: { intro: number; body: number; outro: number },
  frameRate: Rational,
): EncodePlan['frames'] => {
  const least = seconds.intro + seconds.outro > 0 ? LEAST_OF_SEVERAL : 1
  const framesOf = (leg: number) => Math.max(least, Math.round((leg * frameRate.num) / frameRate.den))
  const intro = seconds.intro === 0 ? 0 : framesOf(seconds.intro)
  const outro = seconds.outro === 0 ? 0 : framesOf(seconds.outro)
  const body = framesOf(seconds.body)
  return { intro, body, outro, total: intro + body + outro }
}
