import type { EncodeFiles } from './args.ts'
import type { EncodePlan, PlanPart } from './encode-plan.ts'
import { partPicture } from './filter-graph.ts'
import { untrustedInput } from './hardening.ts'
import { audioArgs, mp4Args, recordArgs, runArgs, videoArgs } from './output-args.ts'
import { partSound } from './part-sound.ts'
import { seekArgs } from './scan-args.ts'

type PartFiles = Omit<EncodeFiles, 'logoPath'>

// The packet after the last that is needed tells how long that one is shown; past it nothing is to be recorded.
const RECORD_AHEAD_SECONDS = 1

/**
 * THE FFMPEG ARGUMENTS of one part: a range of the picture or of the sound as an mp4 of its own. The source is entered at
 * `fromSeconds` (null: read from the beginning), which must be before the part begins.
 */
export const partArgs = (plan: EncodePlan, part: PlanPart, fromSeconds: number | null, files: PartFiles): string[] => {
  const threads = String(files.threads)
  return [
    ...runArgs,
    ...['-max_error_rate', '0.1'],
    ...['-filter_complex_threads', threads],

    ...untrustedInput,
    ...['-reinit_filter:v', '0'],
    ...['-threads', threads],
    ...(part.stream === 'sound' ? readOn : []),
    ...(fromSeconds === null ? [] : seekArgs(fromSeconds)),
    ...['-i', files.sourceUrl],

    ...(part.stream === 'picture' ? pictureArgs(plan, part, threads) : soundArgs(plan, part)),
    ...['-map_metadata', '-1'],
    ...['-map_chapters', '-1'],
    ...mp4Args(plan),
    ...['-fs', String(files.outputLimitBytes)],
    `file:${files.outputPath}`,

    ...recordOfPart(plan, part),
  ]
}

// Only the sound is asked for: ffmpeg would hang up and ask anew for each stretch of it, some thousand times an hour, each of
// which takes the storage longer than to send what lies between.
const READ_ON_BYTES = 16 * 1024 * 1024
const readOn: readonly string[] = ['-short_seek_size', String(READ_ON_BYTES)]

const pictureArgs = (plan: EncodePlan, part: PlanPart, threads: string): string[] => [
  ...['-filter_complex', partPicture(plan, part)],
  ...['-map', '[v]'],
  ...videoArgs(plan, threads),
]

const soundArgs = (plan: EncodePlan, part: PlanPart): string[] => {
  if (plan.audio === null) throw new Error('a plan without sound has no part of it')
  return [...['-filter_complex', partSound(plan, plan.audio, part).graph], ...['-map', '[a]'], ...audioArgs(plan.audio)]
}

const recordOfPart = (plan: EncodePlan, part: PlanPart): string[] => {
  const { frameRate, source, audio } = plan
  if (part.stream === 'picture') {
    const endSeconds = source.fromSeconds + (part.end * frameRate.den) / frameRate.num
    return recordArgs(recorded(plan, source.videoIndex), endSeconds + RECORD_AHEAD_SECONDS)
  }
  if (audio === null || source.audioIndex === null) return []
  const endSeconds = source.fromSeconds + partSound(plan, audio, part).endSample / audio.sampleRateHz
  return recordArgs(recorded(plan, source.audioIndex), endSeconds + RECORD_AHEAD_SECONDS)
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
