import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import { legsOf } from '../ffmpeg/legs-of.ts'

/** A range of frames in ranges of one leg each; weights by length. */
export const cutAtLegs = ({ frames }: Pick<EncodePlan, 'frames'>, range: PlanPart): PlanPart[] =>
  legsOf(frames)
    .map((leg) => ({ start: Math.max(leg.start, range.start), end: Math.min(leg.end, range.end) }))
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => ({
      ...range,
      start,
      end,
      weight: (range.weight * (end - start)) / (range.end - range.start),
    }))
