import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { runFfmpeg } from '../ffmpeg/run.ts'
import { soundArgs } from '../ffmpeg/sound-args.ts'
import type { SoundPlan } from '../ffmpeg/sound-plan.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type VerifiedSound, verifySound } from '../verify/verify-sound.ts'
import { endedFull } from './ended-full.ts'
import type { EntryPoint } from './entry-points.ts'
import { OUTPUT_LIMIT_BYTES } from './output-limit.ts'
import { resultTooLarge } from './result-too-large.ts'
import { hasLanded, hasStarted, runFromEntry } from './run-from-entry.ts'
import { shortSound } from './short-sound.ts'
import { soundEntryPoints } from './sound-entry-points.ts'
import type { TranscodeRequest } from './transcode.ts'

export type SoundRequest = Omit<TranscodeRequest, 'plan' | 'threads' | 'handOverAfterSeconds'> & {
  plan: SoundPlan
  /** A JPEG of ours that the result gets as its cover (make-cover.ts). */
  coverPath?: string
}

/** The result lies at the output path and has been verified. */
export type EncodedSound = { kind: 'encoded'; output: Omit<VerifiedSound, 'kind'> }

/**
 * Runs a planned conversion to sound alone, as transcodeSource does for one with a picture. A refusal or failure may also be due
 * to a source that broke off under ffmpeg: the caller knows, from its own record of reads, and asks that first. An abort throws
 * the signal's reason once ffmpeg is gone.
 */
export const transcodeSound = async (request: SoundRequest): Promise<EncodedSound | Refused | Failed> => {
  const { binaries, plan, signal, wallClockLimitSeconds, outputPath, outputLimitBytes = OUTPUT_LIMIT_BYTES } = request
  const { sourceUrl, coverPath } = request
  const files = { sourceUrl, ...(coverPath !== undefined && { coverPath }) }
  const startedAt = performance.now()
  const run = await runFromEntry(soundEntryPoints(plan), (entry) =>
    runFfmpeg({
      binary: binaries.ffmpeg,
      argv: soundArgs(plan, { ...files, outputPath, outputLimitBytes }, entry.fromSeconds),
      signal,
      outputLimitBytes,
      wallClockLimitSeconds: Math.max(0, wallClockLimitSeconds - (performance.now() - startedAt) / 1000),
      stallLimitSeconds: request.stallLimitSeconds,
      onSourceRead: (record) => {
        if (hasStarted(record) && !hasLanded(record, entry)) return 'stop'
        request.onProgress(shareRead(plan, record, entry))
        return 'go-on'
      },
    }),
  )
  if (run === undefined) return { kind: 'refused', code: 'source_undecodable', parameters: {} }
  switch (run.kind) {
    case 'finished':
      break
    case 'stalled':
      return run.isBusy
        ? { kind: 'refused', code: 'source_undecodable', parameters: {} }
        : { kind: 'failed', code: 'conversion_stalled', detail: run.stderrTail }
    case 'timed-out':
      return {
        kind: 'refused',
        code: 'conversion_timed_out',
        parameters: { limitSeconds: Math.round(wallClockLimitSeconds) },
      }
    case 'full':
      return resultTooLarge(outputLimitBytes)
    case 'unsuited':
      return { kind: 'failed', code: 'conversion_stalled', detail: run.stderrTail }
    case 'failed': {
      const outcome = outcomeOfExit(run, 'conversion_failed')
      return outcome.code === 'source_undecodable' ? (shortSound(plan, run.sourceRecord) ?? outcome) : outcome
    }
    default:
      return run satisfies never
  }
  const verify = () =>
    verifySound(
      binaries,
      { path: outputPath, plan, source: run.sourceRecord, hasCover: coverPath !== undefined },
      signal,
    )
  if (await endedFull({ paths: [outputPath], outputLimitBytes, verify })) return resultTooLarge(outputLimitBytes)
  const short = shortSound(plan, run.sourceRecord)
  if (short !== undefined) return short
  const verdict = await verify()
  if (verdict.kind === 'empty') return { kind: 'refused', code: 'source_undecodable', parameters: {} }
  if (verdict.kind === 'rejected') {
    return { kind: 'failed', code: 'result_rejected', detail: `${verdict.reason}\n${run.stderrTail}` }
  }
  const { kind: _, ...output } = verdict
  return { kind: 'encoded', output }
}

/** There are no frames to count: what was read of the source tells, for ffmpeg decodes and encodes as it reads. */
const shareRead = ({ source }: SoundPlan, [sound]: SourceRecord, { fromSeconds }: EntryPoint): number => {
  const from = fromSeconds ?? 0
  return Math.min(1, Math.max(0, ((sound?.endSeconds ?? 0) - from) / (source.endSeconds - from)))
}
