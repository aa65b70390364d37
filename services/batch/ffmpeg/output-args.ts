import type { EncodePlan, Rational } from './encode-plan.ts'
import { pictureEncoderArgs } from './picture-encoder-args.ts'

/** The file descriptor on which the record of what the source held is written: see source-record.ts. */
export const SOURCE_RECORD_FD = 3

/** How every ffmpeg of ours runs. */
export const runArgs: readonly string[] = [
  // A question on a terminal that is not there would block for ever.
  '-nostdin',
  '-y',
  '-hide_banner',
  // Warnings explain a failure; the statistics line would push them out of the tail that we keep.
  ...['-v', 'warning'],
  '-nostats',
  ...['-progress', 'pipe:1'],
  ...['-stats_period', '0.5'],
  // No frame at all would otherwise be a success with an empty file.
  ...['-abort_on', 'empty_output'],
]

/** The encoder of the picture. Pieces of a plan that may be cut can be joined without a change of any byte of them. */
export const videoArgs = (plan: EncodePlan, threads: string): string[] => [
  ...pictureEncoderArgs(plan, threads),
  // The graph made exactly the planned frames: none is to be added or dropped on the way to the file.
  ...['-fps_mode:v', 'passthrough'],
]

/** The encoder of the sound. */
export const audioArgs = ({ codec, bitsPerSecond, sampleRateHz }: NonNullable<EncodePlan['audio']>): string[] => [
  ...['-c:a', codec === 'aac' ? 'aac' : 'libopus'],
  ...['-b:a', String(bitsPerSecond)],
  ...['-ar', String(sampleRateHz)],
  ...['-ac', '2'],
]

/** An mp4 that a player, or our own join, can use from its first bytes on. */
export const mp4Args = (plan: EncodePlan): string[] => [
  ...movflags(plan),
  // A whole number of ticks for every frame, so that no frame is shown a little longer than another.
  ...['-video_track_timescale', String(pictureTimescale(plan.frameRate))],
  ...['-f', 'mp4'],
]

/** An mp4 begins with its tables; tags of any name are written only if asked for. */
export const movflags = ({ metadata }: Pick<EncodePlan, 'metadata'>): string[] => [
  ...['-movflags', metadata.tags.length > 0 ? '+faststart+use_metadata_tags' : '+faststart'],
]

/** Ticks a second of the picture's track in an mp4. */
export const pictureTimescale = ({ num }: Rational): number => (num >= 1000 ? num : num * 1000)

/**
 * The last output: every packet of some streams that was read, as a line each, without decoding. A graph that holds the last
 * frame hides where its source broke off; this tells, at no measurable cost (run: 31.8 s of CPU without, 32.1 with).
 * Reading ends at `untilSeconds` of the time line at the latest; null: at the end of the source. All is recorded `laterSeconds` later
 * than it is: ffmpeg reads for that output next which is behind the others, and would else read a source, and decode it into memory,
 * for as long as an intro lasts.
 */
export const recordArgs = (
  streamIndexes: readonly number[],
  untilSeconds: number | null = null,
  laterSeconds = 0,
): string[] => [
  ...streamIndexes.flatMap((index) => ['-map', `0:${index}`]),
  ...['-c', 'copy'],
  ...(laterSeconds === 0 ? [] : ['-bsf', `setts=pts=PTS+${laterSeconds}/TB:dts=DTS+${laterSeconds}/TB`]),
  ...(untilSeconds === null ? [] : ['-t', untilSeconds.toFixed(3)]),
  // Line by line: when our process is killed, the next line fails on the closed pipe and ffmpeg ends by itself.
  ...['-flush_packets', '1'],
  ...['-f', 'framecrc'],
  `pipe:${SOURCE_RECORD_FD}`,
]
