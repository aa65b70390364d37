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

/**
 * The argv that takes the units of one type (`nal_unit_type`) of an H.264 picture of ours into a file of its own, one after the
 * other with start codes (ISO/IEC 14496-10, Annex B), and at most `limitBytes` of them.
 */
export const listUnitsArgs = (path: string, outputPath: string, type: number, limitBytes: number): string[] => [
  ...runArgs,
  ...ownResultInput,
  ...['-i', `file:${path}`],
  ...['-map', '0:v:0', '-c', 'copy'],
  ...['-bsf:v', `h264_mp4toannexb,filter_units=pass_types=${type}`],
  ...['-fs', String(limitBytes)],
  ...['-f', 'data', `file:${outputPath}`],
]

/** The argv that takes the key frames of a VP9 picture of ours into a file of their own, and at most `limitBytes` of them. */
export const keepKeyFramesArgs = (path: string, outputPath: string, limitBytes: number): string[] => [
  ...runArgs,
  ...ownResultInput,
  ...['-i', `file:${path}`],
  ...['-map', '0:v:0', '-c', 'copy'],
  ...['-bsf:v', 'noise=drop=not(key)'],
  ...['-fs', String(limitBytes)],
  ...['-f', 'webm', `file:${outputPath}`],
]

/**
 * The argv that decodes the key frames of a file of ours, at most `mostFrames` of them (null: all), and ends badly when one cannot be
 * decoded or has another size.
 */
export const decodeKeyFramesArgs = (
  path: string,
  { width, height }: { width: number; height: number },
  mostFrames: number | null,
): string[] => [
  ...runArgs,
  '-xerror',
  ...ownResultInput,
  ...['-skip_frame', 'nokey'],
  ...['-i', `file:${path}`],
  ...['-map', '0:v:0'],
  // No picture can be cut to a negative width.
  ...['-vf', `crop=if(eq(iw\\,${width})*eq(ih\\,${height})\\,iw\\,-1):ih`],
  ...(mostFrames === null ? [] : ['-frames:v', String(mostFrames)]),
  ...['-fps_mode', 'passthrough', '-f', 'null', 'pipe:1'],
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
