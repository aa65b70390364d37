import type { Binaries } from '../ffmpeg/binaries.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import type { VideoFacts } from './source-facts.ts'

// Less is not seen as missing (source-end.ts).
const TOLERANCE_SECONDS = 0.25
// More than the longest distance of key frames that is usual.
const LAST_SECONDS = 20
const LIMIT_SECONDS = 60

/**
 * Where the picture of an mp4 ends that begins late. Where its edit list also cuts off its end, what ffprobe calls its duration contains
 * the time before it began (run, 5.1): its last packets tell. A file whose end is missing by more than that is left to be found out.
 */
export const followEdits = async (
  { binaries, url, signal }: { binaries: Binaries; url: string; signal: AbortSignal },
  container: string,
  { index, startSeconds, endSeconds }: VideoFacts,
): Promise<number> => {
  if (container !== 'mp4' || startSeconds <= TOLERANCE_SECONDS) return endSeconds
  const fromSeconds = endSeconds > LAST_SECONDS ? endSeconds - LAST_SECONDS : null
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: scanArgs(url, [index], fromSeconds),
    signal,
    wallClockLimitSeconds: LIMIT_SECONDS,
    stallLimitSeconds: LIMIT_SECONDS,
  })
  const found = run.kind === 'finished' ? (run.sourceRecord[0]?.endSeconds ?? 0) : 0
  const missing = endSeconds - found
  return missing > TOLERANCE_SECONDS && missing <= startSeconds + TOLERANCE_SECONDS ? found : endSeconds
}
