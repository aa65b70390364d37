import { poster } from '@reelway/shared/presets/poster.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'

/** As the preset for posters, but fewer: an animation is short. */
const CHOICES_PER_SECOND = 2
const MOST_CHOICES = 30

/** The plan of a still of what a plan shows between its intro and its outro, chosen as the preset for posters chooses. */
export const planStill = (plan: EncodePlan): EncodePlan => {
  const seconds = (plan.frames.body * plan.frameRate.den) / plan.frameRate.num
  return {
    ...plan,
    ...{ container: poster.container, video: poster.video, audio: null },
    frameRate: { num: CHOICES_PER_SECOND, den: 1 },
    frames: { intro: 0, body: 1, outro: 0, total: 1 },
    bookends: { intro: null, outro: null },
    chosenFrom: Math.max(1, Math.min(MOST_CHOICES, Math.floor(seconds * CHOICES_PER_SECOND))),
  }
}
