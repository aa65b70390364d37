import type { Binaries } from '../ffmpeg/binaries.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import { type EntryPoint, FROM_BEGINNING } from '../transcode/entry-points.ts'
import { runFromEntry } from '../transcode/run-from-entry.ts'

/** What the makers of previews work with: files are made in `folder`, and `signal` ends the work in time. */
export type PreviewPlace = { binaries: Binaries; folder: string; signal: AbortSignal }

/** The signal of a place ends a run; this is for one whose signal never does. */
const LONGEST_SECONDS = 600

/** Runs ffmpeg for a preview. Throws when that comes to nothing, and the reason of the signal when that is aborted. */
export const runPreview = (place: PreviewPlace, argv: readonly string[]): Promise<SourceRecord> =>
  runPreviewFrom(place, [FROM_BEGINNING], () => argv)

/** The same with a source, which is entered at one point after the other, as by runFromEntry. */
export const runPreviewFrom = async (
  { binaries, signal }: PreviewPlace,
  entries: readonly EntryPoint[],
  argvAt: (entry: EntryPoint) => readonly string[],
): Promise<SourceRecord> => {
  const result = await runFromEntry(entries, (entry) =>
    runFfmpeg({
      ...{ binary: binaries.ffmpeg, argv: argvAt(entry), signal },
      ...{ wallClockLimitSeconds: LONGEST_SECONDS, stallLimitSeconds: LONGEST_SECONDS },
    }),
  )
  if (result?.kind === 'finished') return result.sourceRecord
  throw new Error(`a run for a preview ${result?.kind ?? 'found nothing'}: ${result?.stderrTail ?? ''}`)
}
