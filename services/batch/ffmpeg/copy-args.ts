import { colourArgs } from './colour-args.ts'
import type { CopyPlan } from './copy-plan.ts'
import type { EncodePlan } from './encode-plan.ts'
import { untrustedInput } from './hardening.ts'
import { metadataArgs } from './metadata-args.ts'
import { audioArgs, movflags, recordArgs, runArgs } from './output-args.ts'
import { seekArgs } from './scan-args.ts'
import { wholeSound } from './sound-graph.ts'

type CopyFiles = {
  sourceUrl: string
  outputPath: string
  outputLimitBytes: number
  /** Where the key frame is that is to be shown at 0, in seconds from the source's start; 0 without a trim. */
  firstFrameSeconds: number
}

/** THE FFMPEG ARGUMENTS of a copy: the packets of the picture as they are, and those of the sound, or the sound encoded anew. */
export const copyArgs = (copy: CopyPlan, plan: EncodePlan, files: CopyFiles): string[] => {
  const { sound, videoIndex, fromSeconds } = copy
  const encoded = sound.kind === 'encoded' ? plan.audio : null
  const audioIndex = sound.kind === 'copied' ? sound.index : encoded === null ? null : plan.source.audioIndex
  return [
    ...runArgs,
    ...untrustedInput,
    ...(fromSeconds === null ? [] : seekArgs(fromSeconds)),
    ...['-i', files.sourceUrl],
    ...(encoded === null ? [] : ['-filter_complex', wholeSound(plan, encoded)]),

    ...['-map', `0:${videoIndex}`],
    ...['-c:v', 'copy'],
    // For the container: nothing says so in packets that are to be taken for it.
    ...colourArgs,
    ...(sound.kind === 'copied' ? ['-map', `0:${sound.index}`, '-c:a', 'copy'] : []),
    ...(encoded === null ? [] : ['-map', '[a]', ...audioArgs(encoded)]),
    ...metadataArgs(plan),
    // Sound is not to go on after the picture. Frames are stored before they are shown, so that none is lost by it.
    ...untilArgs(copy),
    ...(fromSeconds === null ? [] : ['-output_ts_offset', (-files.firstFrameSeconds).toFixed(6)]),
    ...(copy.container.format === 'mp4' ? [...movflags(plan), '-f', 'mp4'] : ['-f', 'webm']),
    ...['-fs', String(files.outputLimitBytes)],
    `file:${files.outputPath}`,

    ...recordArgs(audioIndex === null ? [videoIndex] : [videoIndex, audioIndex], copy.endSeconds),
  ]
}

const untilArgs = ({ endSeconds }: CopyPlan): string[] => ['-t', endSeconds.toFixed(3)]
