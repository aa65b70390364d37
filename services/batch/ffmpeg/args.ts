import { containerArgs } from './container-args.ts'
import type { EncodePlan } from './encode-plan.ts'
import { filterGraphs } from './filter-graph.ts'
import { assetInput, clipInput, type InputFiles, wholeInputs } from './input-args.ts'
import { introSeconds } from './intro-seconds.ts'
import { metadataArgs } from './metadata-args.ts'
import { audioArgs, recordArgs, runArgs, videoArgs } from './output-args.ts'
import { seekArgs } from './scan-args.ts'

/** Where one run reads and writes, and what it may use up. The paths and the URL are chosen by the server. */
export type EncodeFiles = InputFiles & {
  outputPath: string
  threads: number
  /** ffmpeg stops writing here: the disk is memory on Cloud Run. The result is then refused for its missing frames. */
  outputLimitBytes: number
}

/**
 * THE FFMPEG ARGUMENTS of one conversion in one run: the whole argv after the program's name. For a part see part-args.ts. The
 * source is entered at `fromSeconds` (null: read from the beginning), which must be before what is used of it.
 */
export const ffmpegArgs = (plan: EncodePlan, files: EncodeFiles, fromSeconds: number | null = null): string[] => {
  const threads = String(files.threads)
  const { videoIndex, audioIndex } = plan.source
  const graphs = filterGraphs(plan)
  return [
    ...runArgs,
    // Damaged packets are normal in recordings from the air; a source with more of them than this cannot be decoded.
    ...['-max_error_rate', '0.1'],
    ...['-filter_complex_threads', threads],

    ...clipInput(plan.source, threads),
    ...(fromSeconds === null ? readArgs(plan) : seekArgs(fromSeconds)),
    ...['-i', files.sourceUrl],
    ...wholeInputs(plan).flatMap((name) => (name === 'source' ? [] : assetInput(plan, name, files, threads))),

    ...['-filter_complex', graphs.picture],
    ...(graphs.sound === undefined ? [] : ['-filter_complex', graphs.sound]),

    ...['-map', '[v]'],
    ...videoArgs(plan, threads),
    ...(plan.audio === null ? [] : ['-map', '[a]', ...audioArgs(plan.audio)]),
    ...metadataArgs(plan),
    ...containerArgs(plan),
    ...['-fs', String(files.outputLimitBytes)],
    `file:${files.outputPath}`,

    ...recordArgs(
      audioIndex === null ? [videoIndex] : [videoIndex, audioIndex],
      fromSeconds === null ? null : plan.source.readSeconds,
      introSeconds(plan),
    ),
  ]
}

/** Of a source that is entered in the middle it would count from there, and from wherever each stream then begins. */
const readArgs = ({ source }: EncodePlan): string[] =>
  source.readSeconds === null ? [] : ['-t', String(source.readSeconds)]
