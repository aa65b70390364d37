import type { Binaries } from '../ffmpeg/binaries.ts'
import { createLoudnessMeter } from '../ffmpeg/loudness-meter.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import type { Loudness } from '../plan/plan-gain.ts'
import type { Failed, Refused } from '../refusal.ts'

export type MeasureRequest = {
  binaries: Binaries
  /** Of loudnessArgs. */
  argv: string[]
  wallClockLimitSeconds: number
  stallLimitSeconds: number
  signal: AbortSignal
}

/**
 * Decodes all of the sound of a planned result and measures it, once, before anything of it is encoded. A refusal or failure may
 * also be due to a source that broke off: the caller knows, from its own record of reads. An abort throws the signal's reason.
 */
export const measureLoudness = async ({
  binaries,
  ...request
}: MeasureRequest): Promise<{ kind: 'measured'; loudness: Loudness } | Refused | Failed> => {
  const meter = createLoudnessMeter()
  const run = await runFfmpeg({ binary: binaries.ffmpeg, takeLine: meter.takeLine, ...request })
  switch (run.kind) {
    case 'finished':
      return { kind: 'measured', loudness: meter.loudness() }
    case 'failed':
      return outcomeOfExit(run, 'conversion_failed')
    case 'timed-out': {
      const parameters = { limitSeconds: request.wallClockLimitSeconds }
      return { kind: 'refused', code: 'conversion_timed_out', parameters }
    }
    case 'stalled':
    case 'full':
    case 'unsuited':
      return { kind: 'failed', code: 'conversion_stalled', detail: run.stderrTail }
    default:
      return run satisfies never
  }
}
