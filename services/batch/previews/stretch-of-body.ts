import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { Stretch } from './choose-poster.ts'

/** Where in a result its source is seen, and nothing that stands before or after it. */
export const stretchOfBody = ({ frames, frameRate }: Pick<EncodePlan, 'frames' | 'frameRate'>): Stretch => {
  const secondsOf = (count: number) => (count * frameRate.den) / frameRate.num
  return { fromSeconds: secondsOf(frames.intro), toSeconds: secondsOf(frames.intro + frames.body) }
}
