import type { EncodePlan } from './encode-plan.ts'

/** How long what stands before the body of the result lasts. */
export const introSeconds = ({ frames, frameRate }: Pick<EncodePlan, 'frames' | 'frameRate'>): number =>
  (frames.intro * frameRate.den) / frameRate.num
