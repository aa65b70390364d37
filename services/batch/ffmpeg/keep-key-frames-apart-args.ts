import { ownResultInput } from './hardening.ts'
import { runArgs, SOURCE_RECORD_FD } from './output-args.ts'

/**
 * The argv that takes key frames of the picture of an mp4 or webm of ours into a file of their own, as they are and with their times: the
 * first of each stretch of so many seconds. They are recorded, too.
 */
export const keepKeyFramesApartArgs = (
  { path, format }: { path: string; format: string },
  outputPath: string,
  intervalSeconds: number,
): string[] => {
  const picture = ['-map', '0:v:0', '-c', 'copy', '-bsf:v', `noise=drop=${allButFirstKeys(intervalSeconds)}`]
  return [
    ...runArgs,
    '-copyts',
    ...ownResultInput,
    // Not with -discard nokey, which would spare reading the others: with it, key frames get other times (5.1, run).
    ...['-i', `file:${path}`],
    ...picture,
    // Of the same kind as it is: else the times in the expression are in ticks that are not those of `tb` (5.1, run).
    ...['-f', format, `file:${outputPath}`],
    ...picture,
    ...['-f', 'framecrc', `pipe:${SOURCE_RECORD_FD}`],
  ]
}

/** Register 0 of the expression: from when on the next one is wanted; 1: whether there was one. */
const allButFirstKeys = (intervalSeconds: number): string => {
  const isWanted = 'key*(not(ld(1))+gte(pts*tb,ld(0)))'
  const next = `(floor(max(0,pts*tb)/${intervalSeconds})+1)*${intervalSeconds}`
  return `if(${isWanted},0*st(1,1)*st(0,${next}),1)`.replaceAll(',', '\\,')
}
