import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import { legsOf } from '../ffmpeg/legs-of.ts'
import { type LegName, planOfLeg } from '../ffmpeg/plan-of-leg.ts'

/** A part of the picture as one of the leg that it belongs to: the plan of that leg alone, and the frames from its first on. */
export const partInLeg = (plan: EncodePlan, part: PlanPart): { name: LegName; plan: EncodePlan; part: PlanPart } => {
  const leg = legsOf(plan.frames).find(({ start, end }) => start <= part.start && part.end <= end)
  if (leg === undefined) throw new Error(`the frames ${part.start} to ${part.end} are not those of one leg`)
  const { name, start } = leg
  return { name, plan: planOfLeg(plan, name), part: { ...part, start: part.start - start, end: part.end - start } }
}
