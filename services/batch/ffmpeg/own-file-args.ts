import type { EncodePlan } from './encode-plan.ts'
import { ownResultInput } from './hardening.ts'
import { mp4Args, pictureTimescale, recordArgs, runArgs } from './output-args.ts'

/** The argv that lists the first packets of the picture of a file of ours, for the record of them. */
export const listPicturePacketsArgs = (path: string, mostPackets: number): string[] => [
  ...runArgs,
  ...ownResultInput,
  ...['-i', `file:${path}`],
  ...['-frames:v', String(mostPackets)],
  ...recordArgs([0]),
]

/** The argv that puts the picture of a webm of ours into an mp4, as a part has it: frame k begins at k / rate again. */
export const webmToMp4Args = (plan: EncodePlan, path: string, outputPath: string): string[] => {
  const timescale = pictureTimescale(plan.frameRate)
  const ticks = (timescale * plan.frameRate.den) / plan.frameRate.num
  return [
    ...runArgs,
    ...ownResultInput,
    ...['-i', `file:${path}`],
    ...['-map', '0:v:0', '-c', 'copy'],
    // webm keeps milliseconds. VP9 and AV1 have their packets in the order of their frames, one for each.
    ...['-bsf:v', `setts=ts=N*${ticks}:duration=${ticks}:time_base=1/${timescale}`],
    ...mp4Args(plan),
    `file:${outputPath}`,
  ]
}
