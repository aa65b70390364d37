import type { EncodePlan } from './encode-plan.ts'
import { untrustedInput } from './hardening.ts'
import { assetInput, type InputFiles } from './input-args.ts'
import { recordArgs, runArgs } from './output-args.ts'
import { readOn } from './read-on.ts'
import { recordOfSound, soundGraph, soundInput } from './sound-args.ts'
import { stretchInputs, wholeSoundFrom } from './sound-graph.ts'
import { countSamples } from './sound-packets.ts'
import type { SoundPlan } from './sound-plan.ts'

/** THE FFMPEG ARGUMENTS of measuring the sound of a result with a picture: exactly what will be heard of it, decoded and thrown away. */
export const loudnessArgs = (plan: EncodePlan, files: InputFiles): string[] => {
  const { audio, source } = plan
  if (audio === null) throw new Error('a plan without sound has no loudness')
  const inputs = stretchInputs(plan, audio, { firstSample: 0, endSample: countSamples(audio) })
  const readSeconds = source.readSeconds === null ? [] : ['-t', String(source.readSeconds)]
  return [
    ...measuringArgs,
    ...inputs.flatMap((name) =>
      name === 'source'
        ? [...untrustedInput, ...readOn, ...readSeconds, '-i', files.sourceUrl]
        : assetInput(plan, name, files, '1'),
    ),
    ...measured(wholeSoundFrom(plan, audio, inputs)),
    ...(inputs[0] === 'source' && source.audioIndex !== null ? recordArgs([source.audioIndex]) : []),
  ]
}

/** The same of a result of sound alone. The source is entered at `fromSeconds`, as it is to encode it (sound-args.ts). */
export const loudnessOfSoundArgs = (
  plan: SoundPlan,
  sourceUrl: string,
  fromSeconds: number | null = null,
): string[] => [
  ...measuringArgs,
  ...soundInput(plan, sourceUrl, fromSeconds),
  ...measured(soundGraph(plan)),
  ...recordOfSound(plan, fromSeconds),
]

// What is said of each moment is information, as the summary at the end: loudness-meter.ts reads both.
const measuringArgs: readonly string[] = [...runArgs, ...['-v', 'info'], ...['-max_error_rate', '0.1']]

const measured = (graph: string): string[] => [
  ...['-filter_complex', `${graph};[a]ebur128=peak=true:framelog=info[measured]`],
  ...['-map', '[measured]'],
  ...['-f', 'null', '-'],
]
