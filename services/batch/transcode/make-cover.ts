import { stat } from 'node:fs/promises'
import type { Binaries } from '../ffmpeg/binaries.ts'
import { coverArgs } from '../ffmpeg/cover-args.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import type { SoundPlan } from '../ffmpeg/sound-plan.ts'

type CoverRequest = {
  binaries: Binaries
  plan: SoundPlan
  /** Our loopback source. */
  sourceUrl: string
  /** A file that does not exist yet, in a folder of the caller's. */
  coverPath: string
  signal: AbortSignal
}

// A picture of 1200 pixels has a tenth of it.
const LIMIT_BYTES = 3_000_000
const LIMIT_SECONDS = 30

/**
 * Makes a JPEG of the cover that a plan keeps, at the cover's path. dropped: it is damaged, too large to be decoded, or no picture; nobody's
 * conversion fails for that. An abort throws the signal's reason.
 */
export const makeCover = async (
  request: CoverRequest,
): Promise<{ kind: 'made'; coverPath: string } | { kind: 'none' } | { kind: 'dropped'; reason: string }> => {
  const { binaries, plan, sourceUrl, coverPath, signal } = request
  if (plan.coverIndex === null) return { kind: 'none' }
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: coverArgs(plan.coverIndex, { sourceUrl, coverPath, coverLimitBytes: LIMIT_BYTES }),
    ...{ signal, wallClockLimitSeconds: LIMIT_SECONDS, stallLimitSeconds: LIMIT_SECONDS },
  })
  if (run.kind !== 'finished') return { kind: 'dropped', reason: `${run.kind}: ${run.stderrTail}` }
  const { size } = await stat(coverPath)
  return size > 0 && size < LIMIT_BYTES ? { kind: 'made', coverPath } : { kind: 'dropped', reason: `${size} bytes` }
}
