import type { EncodePlan } from './encode-plan.ts'
import { keyframeInterval } from './keyframe-interval.ts'
import { mp4Args, videoArgs } from './output-args.ts'
import { renditionLabel } from './rendition-tail.ts'

/** Where a rendition of a part lies beside the path of the part, until all are put together. */
export const renditionPath = (outputPath: string, index: number): string => `${outputPath}.${index}`

/** The outputs of a part whose picture is made in several sizes: an mp4 for each. */
export const renditionArgs = (
  plan: EncodePlan,
  renditions: NonNullable<EncodePlan['renditions']>,
  { outputPath, threads, outputLimitBytes }: { outputPath: string; threads: string; outputLimitBytes: number },
): string[] =>
  renditions.flatMap(({ maxBitsPerSecond }, index) => [
    ...['-map', `[${renditionLabel(index)}]`],
    ...videoArgs(plan, threads),
    // What a player has to be able to load in a second, from one that it begins with.
    ...['-maxrate', String(maxBitsPerSecond), '-bufsize', String(maxBitsPerSecond)],
    // A key frame at the same frames of all sizes, and nowhere else.
    ...['-keyint_min', String(keyframeInterval(plan)), '-sc_threshold', '0'],
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...mp4Args(plan),
    ...['-fs', String(outputLimitBytes)],
    `file:${renditionPath(outputPath, index)}`,
  ])
