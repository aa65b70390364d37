import type { Binaries } from '../ffmpeg/binaries.ts'
import { createLoudnessMeter } from '../ffmpeg/loudness-meter.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import type { Loudness } from '../plan/plan-gain.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type EntryPoint, FROM_BEGINNING } from './entry-points.ts'
import { hasLanded, hasStarted, runFromEntry } from './run-from-entry.ts'

export type MeasureRequest = {
  binaries: Binaries
  /** Of loudnessArgs or loudnessOfSoundArgs, and where to enter the source for them; from its beginning if left out. */
  argvAt: (entry: EntryPoint) => string[]
  entryPoints?: readonly EntryPoint[]
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
  argvAt,
  entryPoints = [FROM_BEGINNING],
  ...request
}: MeasureRequest): Promise<{ kind: 'measured'; loudness: Loudness } | Refused | Failed> => {
  let meter = createLoudnessMeter()
  const run = await runFromEntry(entryPoints, (entry) => {
    meter = createLoudnessMeter()
    return runFfmpeg({
      ...{ binary: binaries.ffmpeg, argv: argvAt(entry), takeLine: meter.takeLine, ...request },
      onSourceRead: (record) => (hasStarted(record) && !hasLanded(record, entry) ? 'stop' : 'go-on'),
    })
  })
  if (run === undefined) return { kind: 'refused', code: 'source_undecodable', parameters: {} }
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
