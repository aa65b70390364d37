import { untrustedInput } from './hardening.ts'
import { recordArgs, runArgs } from './output-args.ts'

/**
 * THE FFMPEG ARGUMENTS of a scan: reads some streams of the source, without decoding, for the record of them: from the key
 * frame before `fromSeconds` (null: from the beginning) to `untilSeconds` (null: to the end).
 */
export const scanArgs = (
  sourceUrl: string,
  streamIndexes: readonly number[],
  fromSeconds: number | null = null,
  untilSeconds: number | null = null,
): string[] => [
  ...runArgs,
  ...untrustedInput,
  ...(fromSeconds === null ? [] : seekArgs(fromSeconds)),
  ...['-i', sourceUrl],
  ...recordArgs(streamIndexes, untilSeconds),
]

/** Enters an input at the key frame at or before a time, whose times stay those of the whole source. */
export const seekArgs = (seconds: number): string[] => [
  ...['-copyts', '-start_at_zero'],
  // The frame that is still shown at that time began before it.
  '-noaccurate_seek',
  ...['-ss', seconds.toFixed(6)],
]
