import type { Binaries } from '../ffmpeg/binaries.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'

/** What the makers of previews work with: files are made in `folder`, and `signal` ends the work in time. */
export type PreviewPlace = { binaries: Binaries; folder: string; signal: AbortSignal }

/** The signal of a place ends a run; this is for one whose signal never does. */
const LONGEST_SECONDS = 600

/** Runs ffmpeg for a preview. Throws when that comes to nothing, and the reason of the signal when that is aborted. */
export const runPreview = async (
  { binaries, signal }: PreviewPlace,
  argv: readonly string[],
): Promise<SourceRecord> => {
  const result = await runFfmpeg({
    ...{ binary: binaries.ffmpeg, argv, signal },
    ...{ wallClockLimitSeconds: LONGEST_SECONDS, stallLimitSeconds: LONGEST_SECONDS },
  })
  if (result.kind === 'finished') return result.sourceRecord
  throw new Error(`a run for a preview ${result.kind}: ${result.stderrTail}`)
}
