import type { EncodePlan } from '../ffmpeg/encode-plan.ts'

/** The frames of the body in pieces that are encoded apart: one, until parts are built. */
export const splitFrames = (bodyFrames: number): EncodePlan['parts'] => [
  { stream: 'picture', start: 0, end: bodyFrames, weight: 1 },
]
