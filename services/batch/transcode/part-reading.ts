import type { EncodeFiles } from '../ffmpeg/args.ts'
import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import type { AssetUrls } from '../ffmpeg/input-args.ts'
import { partArgs, stillPartArgs } from '../ffmpeg/part-args.ts'
import { partSound } from '../ffmpeg/part-sound.ts'
import { type EntryPoint, entryPoints } from './entry-points.ts'
import { partInLeg } from './part-in-leg.ts'

/** What a part is read from, and how. */
export type PartReading = {
  /** The option of the task whose picture or clip it is made of; null: the source. */
  option: 'intro' | 'outro' | null
  /** A picture, of which there is nothing to be recorded. */
  isStill: boolean
  /** Of the leg that it belongs to, if it is one of the picture, and where it lies in that. */
  plan: EncodePlan
  part: PlanPart
  entryPoints: EntryPoint[]
  argvAt: (entry: EntryPoint, files: EncodeFiles) => string[]
}

/** A part of the picture is one of a leg, which has a source of its own; the sound is one through all of them. */
export const partReading = (plan: EncodePlan, part: PlanPart, assetUrls: AssetUrls): PartReading => {
  if (part.stream === 'sound') return { option: null, isStill: false, ...sound(plan, part) }
  const leg = partInLeg(plan, part)
  const { name } = leg
  if (name === 'body') return { option: null, isStill: false, ...video(leg.plan, leg.part) }
  const bookend = plan.bookends[name]
  if (bookend === null) throw new Error(`a plan has frames for ${name}, and nothing to show`)
  if (bookend.kind === 'clip') {
    const url = assetUrls[name]
    if (url === undefined) throw new Error(`nothing serves the clip for ${name}`)
    return { option: name, isStill: false, ...video(leg.plan, leg.part, url) }
  }
  return {
    option: name,
    isStill: true,
    plan: leg.plan,
    part: leg.part,
    entryPoints: [BEGINNING],
    argvAt: (_, files) => stillPartArgs(plan, { name, still: bookend }, leg.part, files),
  }
}

const BEGINNING: EntryPoint = { fromSeconds: null, latestSeconds: null, latestSoundSeconds: null }

/** Where it is not heard, there is nothing to be entered. */
const sound = (plan: EncodePlan, part: PlanPart) => {
  if (plan.audio === null) throw new Error('a plan without sound has no part of it')
  const reading = video(plan, part)
  return partSound(plan, plan.audio, part).inputs.includes('source')
    ? reading
    : { ...reading, entryPoints: [BEGINNING] }
}

const video = (plan: EncodePlan, part: PlanPart, clipUrl?: string) => ({
  plan,
  part,
  entryPoints: entryPoints(plan, part),
  argvAt: ({ fromSeconds }: EntryPoint, files: EncodeFiles) =>
    partArgs(plan, part, fromSeconds, clipUrl === undefined ? files : { ...files, sourceUrl: clipUrl }),
})
