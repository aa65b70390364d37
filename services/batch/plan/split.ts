import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import { keyframeInterval } from '../ffmpeg/keyframe-interval.ts'
import { countSoundPackets, soundFormat } from '../ffmpeg/sound-packets.ts'
import { cutAtLegs } from './cut-at-legs.ts'
import { estimateSoundSeconds } from './estimate-sound.ts'

/** What a plan is cut by: an estimate of the whole in seconds, and how fast, in the end, a part must be. */
export type SplitLimits = {
  /** Of all of the picture, as it is expected to turn out. */
  pictureSeconds: number
  /** Of all of the sound by itself. */
  soundSeconds: number
  partBudgetSeconds: number
}

/**
 * The work of a plan in pieces of which none needs more than the budget: the whole as one when that holds for it, else ranges
 * of frames that begin at multiples of the key frame interval and are about equally long, and the sound beside them, in one
 * piece if it can be. A single key frame interval is not cut, however long it takes, nor a plan that may not be: of a stream it is
 * one piece for each leg of the picture and one of sound.
 */
export const splitWork = (plan: Omit<EncodePlan, 'parts'>, limits: SplitLimits): PlanPart[] => {
  const { pictureSeconds, soundSeconds, partBudgetSeconds } = limits
  // The cost of a picture contains that of its sound, but sound that has to be waited for is not.
  const wholeSeconds = Math.max(pictureSeconds, soundSeconds)
  const whole: PlanPart = { stream: 'picture', start: 0, end: plan.frames.total, weight: 1 }
  // The sizes of a stream are files of their own, which only parts can be.
  const isOneFile = plan.renditions === null
  if (isOneFile && !plan.partable) return [whole]
  if (isOneFile && wholeSeconds <= partBudgetSeconds && whole.end <= longestPart(plan)) return [whole]
  const soundWeight = shareOfSound(plan)
  const picture = { ...whole, weight: 1 - soundWeight }
  if (!plan.partable)
    return [...cutAtLegs(plan, picture), ...cutSound(plan, soundWeight, soundSeconds, Number.POSITIVE_INFINITY)]
  return [
    ...cutPicture(plan, picture, pictureSeconds / plan.frames.total, partBudgetSeconds),
    ...cutSound(plan, soundWeight, soundSeconds, partBudgetSeconds),
  ]
}

/** What the sound is of the whole work, 0 to 1. */
export const shareOfSound = (plan: Pick<EncodePlan, 'audio' | 'estimateSeconds'>): number => {
  const sound = estimateSoundSeconds(plan)
  return sound === 0 ? 0 : sound / (sound + plan.estimateSeconds)
}

/** A range of frames in ranges of one leg each, about equal ones that take no longer than the budget each; weights by length. */
export const cutPicture = (
  plan: Pick<EncodePlan, 'video' | 'frameRate' | 'frames'>,
  range: PlanPart,
  secondsPerFrame: number,
  budgetSeconds: number,
): PlanPart[] =>
  cutAtLegs(plan, range).flatMap((leg) =>
    cutEvenly(
      leg,
      keyframeInterval(plan),
      Math.min(longestPart(plan), Math.floor(budgetSeconds / Math.max(secondsPerFrame, Number.MIN_VALUE))),
    ),
  )

// However fast it is made: a part has to fit on the disk, which is memory on Cloud Run, and 20 minutes at 13 Mb/s are the 2 GB that one
// may have there (encode-part.ts).
const LONGEST_PART_SECONDS = 1200

const longestPart = ({ frameRate }: Pick<EncodePlan, 'frameRate'>): number =>
  Math.ceil((LONGEST_PART_SECONDS * frameRate.num) / frameRate.den)

/** All of the sound, in pieces that take no longer than the budget each. */
export const cutSound = (
  plan: Pick<EncodePlan, 'audio'>,
  weight: number,
  soundSeconds: number,
  budgetSeconds: number,
): PlanPart[] => {
  if (plan.audio === null) return []
  const packets = countSoundPackets(plan.audio)
  const whole: PlanPart = { stream: 'sound', start: 0, end: packets, weight }
  return cutEvenly(
    whole,
    soundFormat(plan.audio).alignmentPackets,
    Math.floor((budgetSeconds / soundSeconds) * packets),
  )
}

/** Cuts a range at multiples of `step`, into as few pieces as keep each within `most`, if a step does. */
const cutEvenly = (range: PlanPart, step: number, most: number): PlanPart[] => {
  const length = range.end - range.start
  const first = Math.floor(range.start / step)
  const steps = Math.ceil(range.end / step) - first
  const pieces = length <= most ? 1 : Math.min(steps, Math.ceil(steps / Math.max(1, Math.floor(most / step))))
  const borders = Array.from(
    { length: pieces + 1 },
    (_, index) => (first + Math.round((index * steps) / pieces)) * step,
  )
  return borders.slice(0, -1).map((border, index) => {
    const start = Math.max(range.start, border)
    const end = Math.min(range.end, borders[index + 1] ?? range.end)
    return { ...range, start, end, weight: (range.weight * (end - start)) / length }
  })
}
