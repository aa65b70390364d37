import type { Binaries } from '../ffmpeg/binaries.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'

// More than the longest distance of key frames that is usual.
const LAST_SECONDS = 20
const LIMIT_SECONDS = 60

/**
 * Where the last packet of a stream ends that is said to end at `endSeconds`, in seconds from the source's start, by reading what lies
 * before that. 0: none is there. An abort throws the signal's reason.
 */
export const findLastPacket = async (
  { binaries, url, signal }: { binaries: Binaries; url: string; signal: AbortSignal },
  index: number,
  endSeconds: number,
): Promise<number> => {
  const fromSeconds = endSeconds > LAST_SECONDS ? endSeconds - LAST_SECONDS : null
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: scanArgs(url, [index], fromSeconds),
    signal,
    wallClockLimitSeconds: LIMIT_SECONDS,
    stallLimitSeconds: LIMIT_SECONDS,
  })
  return run.kind === 'finished' ? (run.sourceRecord[0]?.endSeconds ?? 0) : 0
}
