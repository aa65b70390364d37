import type { RunResult } from '../ffmpeg/run.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import type { EntryPoint } from './entry-points.ts'

/**
 * Runs ffmpeg with one entry point of the source after the other until one was early enough. `run` is to stop (`unsuited`) as soon
 * as it sees that its own was not. Undefined: not even reading from the beginning met what was looked for.
 */
export const runFromEntry = async (
  entries: readonly EntryPoint[],
  run: (entry: EntryPoint) => Promise<RunResult>,
): Promise<RunResult | undefined> => {
  for (const entry of entries) {
    const result = await run(entry)
    if (result.kind === 'unsuited') continue
    // Past the last key frame some containers give nothing.
    if (result.kind === 'failed' && entry.fromSeconds !== null && !hasStarted(result.sourceRecord)) continue
    if (result.kind === 'finished' && !hasLanded(result.sourceRecord, entry)) continue
    return result
  }
  return undefined
}

/** Whether anything of the first stream of the record has been read. */
export const hasStarted = ([stream]: SourceRecord): boolean => stream !== undefined && stream.firstStartSeconds !== null

/** Whether the reading began early enough: only then are the frames and samples those of the whole. */
export const hasLanded = (record: SourceRecord, { latestSeconds, latestSoundSeconds }: EntryPoint): boolean => {
  const firstSeconds = record[0]?.firstStartSeconds ?? null
  if (latestSeconds !== null && (firstSeconds === null || firstSeconds > latestSeconds)) return false
  const firstSoundSeconds = record[1]?.firstStartSeconds ?? null
  return latestSoundSeconds === null || firstSoundSeconds === null || firstSoundSeconds <= latestSoundSeconds
}
