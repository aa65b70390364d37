import { untrustedInput } from './hardening.ts'
import { runArgs } from './output-args.ts'

/**
 * The argv that decodes a few seconds of one stream from `fromSeconds` on (null: from the beginning), and says on stderr how many
 * of their frames look as if they were made of fields: see read-field-counts.ts.
 */
export const fieldScanArgs = (
  sourceUrl: string,
  { videoIndex, fromSeconds, seconds }: { videoIndex: number; fromSeconds: number | null; seconds: number },
): string[] => [
  ...runArgs,
  // What a filter has counted is no warning.
  ...['-v', 'info'],
  ...untrustedInput,
  ...(fromSeconds === null ? [] : ['-ss', fromSeconds.toFixed(3)]),
  ...['-t', seconds.toFixed(3)],
  // Turned, the lines of a field would be columns.
  '-noautorotate',
  ...['-i', sourceUrl],
  ...['-map', `0:${videoIndex}`],
  ...['-vf', 'idet'],
  ...['-f', 'null'],
  'pipe:1',
]
