import { runFfmpeg } from '../ffmpeg/run.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import { type AssetRequest, assetUnusable } from './asset-unusable.ts'
import { perSecond } from './frame-rate.ts'
import { outcomeOfExit } from './outcome-of-exit.ts'
import type { Failed, Refused } from './refusal.ts'
import { sourceEnd } from './source-end.ts'
import type { ClipFacts } from './source-facts.ts'

// A minute of video is read, not decoded, at the speed of the storage.
const LIMIT_SECONDS = 120
const STALL_SECONDS = 60
// More than the last frame is shown, and than times are rounded.
const BEYOND_SECONDS = 1
// Of a clip that does not tell its rate.
const UNKNOWN_RATE = { num: 25, den: 1 }

/** Reads a clip of the user's up to `endSeconds`, which it announces to have; undefined when it has. */
export const checkClip = async (
  { binaries, option, url, signal }: AssetRequest,
  { video, audio }: ClipFacts,
  endSeconds: number,
): Promise<Refused | Failed | undefined> => {
  const indexes = audio === null ? [video.index] : [video.index, audio.index]
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: scanArgs(url, indexes, null, endSeconds + BEYOND_SECONDS),
    signal,
    wallClockLimitSeconds: LIMIT_SECONDS,
    stallLimitSeconds: STALL_SECONDS,
  })
  if (run.kind === 'failed') {
    const outcome = outcomeOfExit(run, 'not_a_video')
    return outcome.kind === 'failed' ? outcome : assetUnusable(option, 'it cannot be read')
  }
  if (run.kind !== 'finished') return { kind: 'failed', code: 'source_unreachable', detail: run.stderrTail }
  const frameSeconds = 1 / perSecond(video.averageFrameRate ?? UNKNOWN_RATE)
  const end = sourceEnd({ source: { endSeconds, frameSeconds, endKnownFrom: video.endKnownFrom } }, run.sourceRecord)
  return end.kind === 'complete' ? undefined : assetUnusable(option, 'it is cut short')
}
