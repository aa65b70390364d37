import { decodeArgs } from '../ffmpeg/decode-args.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type AssetRequest, assetUnusable } from './asset-unusable.ts'
import { perSecond } from './frame-rate.ts'
import { sourceEnd } from './source-end.ts'
import type { ClipFacts } from './source-facts.ts'

// A minute of video is read at the speed of the storage.
const LIMIT_SECONDS = 120
// On two cores a minute of 2160p at 60 a second, 30,000 megapixels, takes about 70 s (the presets' cost of decoding).
const DECODE_LIMIT_SECONDS = 90
const STALL_SECONDS = 60
// More than the last frame is shown, and than times are rounded.
const BEYOND_SECONDS = 1
// Of a clip that does not tell its rate.
const UNKNOWN_RATE = { num: 25, den: 1 }

/** Reads and decodes a clip of the user's up to `endSeconds`, which it announces to have; undefined when it has, and can be decoded. */
export const checkClip = async (
  request: AssetRequest,
  { video, audio }: ClipFacts,
  endSeconds: number,
): Promise<Refused | Failed | undefined> => {
  const { binaries, option, url, signal } = request
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
  if (end.kind !== 'complete') return assetUnusable(option, 'it is cut short')
  return await checkDecoding(request, indexes, endSeconds)
}

/** In a run of both, what cannot be decoded would be blamed on the source. What only takes long is left to that run. */
const checkDecoding = async (
  { binaries, option, url, signal }: AssetRequest,
  indexes: readonly number[],
  endSeconds: number,
): Promise<Refused | Failed | undefined> => {
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: decodeArgs(url, indexes, endSeconds),
    signal,
    wallClockLimitSeconds: DECODE_LIMIT_SECONDS,
    stallLimitSeconds: STALL_SECONDS,
  })
  if (run.kind === 'finished' || run.kind === 'timed-out') return undefined
  if (run.kind === 'failed') {
    const outcome = outcomeOfExit(run, 'not_a_video')
    return outcome.kind === 'failed' ? outcome : assetUnusable(option, 'it cannot be decoded')
  }
  return run.kind === 'stalled' && run.isBusy
    ? assetUnusable(option, 'it cannot be decoded')
    : { kind: 'failed', code: 'source_unreachable', detail: run.stderrTail }
}
