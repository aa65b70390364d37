import type { EncodeFiles } from './args.ts'
import type { EncodePlan, PlanPart } from './encode-plan.ts'
import { partPicture, partStill } from './filter-graph.ts'
import { assetInput, clipInput, wholeInputs } from './input-args.ts'
import { audioArgs, mp4Args, recordArgs, runArgs, videoArgs } from './output-args.ts'
import { partSound } from './part-sound.ts'
import { readOn } from './read-on.ts'
import { renditionArgs } from './rendition-args.ts'
import { seekArgs } from './scan-args.ts'
import type { Still } from './still-graph.ts'

// The packet after the last that is needed tells how long that one is shown; past it nothing is to be recorded.
const RECORD_AHEAD_SECONDS = 1

/**
 * THE FFMPEG ARGUMENTS of one part: a range of the picture of one leg, whose plan this is (planOfLeg), or of the sound of a whole plan,
 * as an mp4 of its own. The source is entered at `fromSeconds` (null: read from the beginning), which must be before the part begins.
 */
export const partArgs = (
  plan: EncodePlan,
  part: PlanPart,
  fromSeconds: number | null,
  files: EncodeFiles,
): string[] => {
  const threads = String(files.threads)
  const inputs = part.stream === 'picture' ? wholeInputs(plan) : soundOf(plan, part).inputs
  const source = [
    ...clipInput(plan.source, threads),
    ...(part.stream === 'sound' ? readOn : []),
    ...(fromSeconds === null ? [] : seekArgs(fromSeconds)),
    ...['-i', files.sourceUrl],
  ]
  return [
    ...partRunArgs(threads),

    ...inputs.flatMap((name) => (name === 'source' ? source : assetInput(plan, name, files, threads))),

    ...outputsOf(plan, part, files),

    ...(inputs.includes('source') ? recordOfPart(plan, part) : []),
  ]
}

const outputsOf = (plan: EncodePlan, part: PlanPart, files: EncodeFiles): string[] =>
  part.stream === 'sound'
    ? [...soundArgs(plan, soundOf(plan, part).graph), ...partOutputArgs(plan, files)]
    : pictureArgs(plan, partPicture(plan, part), files)

/** THE FFMPEG ARGUMENTS of one part of a leg that is a picture: `part` counts from the first frame of the leg. */
export const stillPartArgs = (
  plan: EncodePlan,
  { name, still }: { name: 'intro' | 'outro'; still: Still },
  part: PlanPart,
  files: EncodeFiles,
): string[] => {
  const threads = String(files.threads)
  return [
    ...partRunArgs(threads),
    ...assetInput(plan, name, files, threads),
    ...pictureArgs(plan, partStill(plan, still, part), files),
  ]
}

const partRunArgs = (threads: string): string[] => [
  ...runArgs,
  ...['-max_error_rate', '0.1'],
  ...['-filter_complex_threads', threads],
]

const partOutputArgs = (plan: EncodePlan, files: EncodeFiles): string[] => [
  ...['-map_metadata', '-1'],
  ...['-map_chapters', '-1'],
  ...mp4Args(plan),
  ...['-fs', String(files.outputLimitBytes)],
  `file:${files.outputPath}`,
]

/** An mp4, or of a stream one for each of its sizes. */
const pictureArgs = (plan: EncodePlan, graph: string, files: EncodeFiles): string[] => {
  const threads = String(files.threads)
  return [
    ...['-filter_complex', graph],
    ...(plan.renditions === null
      ? ['-map', '[v]', ...videoArgs(plan, threads), ...partOutputArgs(plan, files)]
      : renditionArgs(plan, plan.renditions, { ...files, threads })),
  ]
}

const soundArgs = ({ audio }: EncodePlan, graph: string): string[] =>
  audio === null ? [] : [...['-filter_complex', graph], ...['-map', '[a]'], ...audioArgs(audio)]

const soundOf = (plan: EncodePlan, part: PlanPart) => {
  if (plan.audio === null) throw new Error('a plan without sound has no part of it')
  return partSound(plan, plan.audio, part)
}

const recordOfPart = (plan: EncodePlan, part: PlanPart): string[] => {
  const { frameRate, source } = plan
  if (part.stream === 'picture') {
    const endSeconds = source.fromSeconds + (part.end * frameRate.den) / frameRate.num
    return recordArgs(recorded(plan, source.videoIndex), endSeconds + RECORD_AHEAD_SECONDS)
  }
  const { heard } = soundOf(plan, part)
  if (heard === null || source.audioIndex === null) return []
  return recordArgs(recorded(plan, source.audioIndex), source.fromSeconds + heard.toSeconds + RECORD_AHEAD_SECONDS)
}

// Of these, what is not used is not read. The times of the others count from the first packet of whatever is used (run: an
// mpegts whose sound begins 23 ms before its picture), so that a part must use what the whole uses.
const COUNTS_FROM_ITS_START: ReadonlySet<string> = new Set(['mp4', 'matroska', 'avi', 'flv', 'asf'])

/** The stream that a part is made of, and first of all. */
const recorded = ({ source }: EncodePlan, index: number): number[] => {
  if (COUNTS_FROM_ITS_START.has(source.container)) return [index]
  const used = source.audioIndex === null ? [source.videoIndex] : [source.videoIndex, source.audioIndex]
  return [index, ...used.filter((other) => other !== index)]
}
