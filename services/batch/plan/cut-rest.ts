import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import { keyframeInterval } from '../ffmpeg/keyframe-interval.ts'
import { countSoundPackets, soundFormat } from '../ffmpeg/sound-packets.ts'
import { cutAtLegs } from './cut-at-legs.ts'
import { cutPicture, shareOfSound } from './split.ts'

/** How a part ended that was handed over. */
export type HandOver = {
  plan: EncodePlan
  part: PlanPart
  /** Frames from the start of the part that are encoded; always 0 for sound. */
  kept: number
  /** What they took. */
  encodeSeconds: number
  partBudgetSeconds: number
}

/** The work of the part anew: what is done of it, if anything, and the rest; together they have its weight. */
export type CutRest = { kind: 'cut'; kept: PlanPart | null; rest: PlanPart[] } | { kind: 'cannot-be-cut' }

/**
 * Cuts what is left of a part that was handed over: by the speed that was measured, or in halves when nothing came of it.
 * Every piece is shorter than the part was, and a key frame interval (or as little of the sound) is not cut: so no
 * sequence of hand-overs is endless. Of a plan that may not be cut nothing is, its sound neither. The part of a plan of one is the whole; its sound is then a piece of its own.
 */
export const cutRest = ({ plan, part, kept, encodeSeconds, partBudgetSeconds }: HandOver): CutRest => {
  if (!plan.partable) return { kind: 'cannot-be-cut' }
  if (part.stream === 'sound') return halveSound(plan, part)
  const interval = keyframeInterval(plan)
  if (part.end - part.start <= interval && cutAtLegs(plan, part).length === 1) return { kind: 'cannot-be-cut' }
  const isWhole = plan.parts.length === 1
  const soundWeight = isWhole ? part.weight * shareOfSound(plan) : 0
  const picture = { ...part, weight: part.weight - soundWeight }
  const rest =
    kept === 0
      ? shorter(plan, picture, interval)
      : afterKept(plan, picture, kept, encodeSeconds / kept, partBudgetSeconds)
  return {
    kind: 'cut',
    kept: kept === 0 ? null : shareOf(picture, picture.start, picture.start + kept),
    rest: [...rest, ...(isWhole ? soundOf(plan, soundWeight) : [])],
  }
}

const afterKept = (plan: EncodePlan, part: PlanPart, kept: number, secondsPerFrame: number, budgetSeconds: number) => {
  const start = part.start + kept
  return start >= part.end ? [] : cutPicture(plan, shareOf(part, start, part.end), secondsPerFrame, budgetSeconds)
}

/** Its legs if there are several, else halves of it. */
const shorter = (plan: EncodePlan, part: PlanPart, step: number): PlanPart[] => {
  const legs = cutAtLegs(plan, part)
  return legs.length > 1 ? legs : halves(part, step)
}

/** Two pieces that meet at the multiple of `step` nearest to the middle: there is one within, for the part is longer than a step. */
const halves = (part: PlanPart, step: number): PlanPart[] => {
  const nearest = Math.round((part.start + part.end) / 2 / step) * step
  const middle = nearest > part.start && nearest < part.end ? nearest : Math.ceil((part.start + 1) / step) * step
  return [shareOf(part, part.start, middle), shareOf(part, middle, part.end)]
}

const halveSound = (plan: EncodePlan, part: PlanPart): CutRest => {
  if (plan.audio === null) return { kind: 'cannot-be-cut' }
  const step = soundFormat(plan.audio).alignmentPackets
  if (part.end - part.start <= step) return { kind: 'cannot-be-cut' }
  return { kind: 'cut', kept: null, rest: halves(part, step) }
}

const soundOf = ({ audio }: EncodePlan, weight: number): PlanPart[] =>
  audio === null ? [] : [{ stream: 'sound', start: 0, end: countSoundPackets(audio), weight }]

const shareOf = (part: PlanPart, start: number, end: number): PlanPart => ({
  ...part,
  start,
  end,
  weight: (part.weight * (end - start)) / (part.end - part.start),
})
