import { untrustedInput } from './hardening.ts'
import { runArgs } from './output-args.ts'

/**
 * THE FFMPEG ARGUMENTS of a trial: decodes some streams of a source up to `untilSeconds`, and fails where an encode of them would for
 * damaged packets (args.ts).
 */
export const decodeArgs = (sourceUrl: string, streamIndexes: readonly number[], untilSeconds: number): string[] => [
  ...runArgs,
  ...['-max_error_rate', '0.1'],
  ...untrustedInput,
  ...['-t', untilSeconds.toFixed(3)],
  ...['-i', sourceUrl],
  ...streamIndexes.flatMap((index) => ['-map', `0:${index}`]),
  // As many frames as it has, whatever rate it announces.
  ...['-fps_mode', 'passthrough'],
  ...['-f', 'null'],
  '-',
]
