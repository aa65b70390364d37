import { ffmpegArgs } from '../ffmpeg/args.ts'
import type { Binaries } from '../ffmpeg/binaries.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import type { AssetUrls } from '../ffmpeg/input-args.ts'
import { introSeconds } from '../ffmpeg/intro-seconds.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { type RunResult, runFfmpeg } from '../ffmpeg/run.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import type { Failed, Refused } from '../refusal.ts'
import { type Verified, verifyOutput } from '../verify/verify.ts'
import { endedFull } from './ended-full.ts'
import { type EntryPoint, wholeEntryPoints } from './entry-points.ts'
import { type HandedOver, handOver } from './hand-over.ts'
import { handOverFull } from './hand-over-full.ts'
import { LOGO_PATH } from './logo-path.ts'
import { OUTPUT_LIMIT_BYTES } from './output-limit.ts'
import { hasLanded, hasStarted, runFromEntry } from './run-from-entry.ts'
import { shortSource } from './short-source.ts'

export type TranscodeRequest = {
  binaries: Binaries
  plan: EncodePlan
  /** Our loopback source, and those of what the plan uses of the user's own. */
  sourceUrl: string
  assetUrls?: AssetUrls
  /** A file that does not exist yet, in a folder of the caller's. */
  outputPath: string
  threads: number
  wallClockLimitSeconds: number
  /** Counted from this call: then a conversion that may be cut hands over what it has. */
  handOverAfterSeconds?: number
  stallLimitSeconds: number
  /** The most that the result may take of the disk, which is memory on Cloud Run. */
  outputLimitBytes?: number
  signal: AbortSignal
  /** From 0 to 1, a few times a second. */
  onProgress: (fraction: number) => void
}

/** The result lies at the output path and has been verified. */
export type Encoded = { kind: 'encoded'; output: Omit<Verified, 'kind'> }

/**
 * Runs a planned conversion: one ffmpeg, then the question whether the source held what it announced, then the proof of the
 * result. A refusal or failure may also be due to a source that broke off under ffmpeg: the caller knows, from its own record
 * of reads, and asks that first. An abort throws the signal's reason once ffmpeg is gone.
 */
export const transcodeSource = async (request: TranscodeRequest): Promise<Encoded | HandedOver | Refused | Failed> => {
  const { binaries, plan, signal } = request
  const startedAt = performance.now()
  const handOverAfterSeconds = plan.partable ? request.handOverAfterSeconds : undefined
  const wallClockLimitSeconds = handOverAfterSeconds ?? request.wallClockLimitSeconds
  const run = await runFromEntry(wholeEntryPoints(plan), (entry) =>
    runWhole(request, entry, wallClockLimitSeconds - (performance.now() - startedAt) / 1000),
  )
  if (run === undefined || run.kind === 'unsuited' || (run.kind === 'stalled' && run.isBusy)) {
    return { kind: 'refused', code: 'source_undecodable', parameters: {} }
  }
  if (run.kind === 'stalled') return { kind: 'failed', code: 'conversion_stalled', detail: run.stderrTail }
  if (run.kind === 'timed-out' && handOverAfterSeconds !== undefined) {
    const encodeSeconds = (performance.now() - startedAt) / 1000
    return await handOver({ ...request, container: plan.container.format, encodeSeconds }, run)
  }
  if (run.kind === 'timed-out') {
    return {
      kind: 'refused',
      code: 'conversion_timed_out',
      parameters: { limitSeconds: Math.round(wallClockLimitSeconds) },
    }
  }
  if (run.kind === 'failed') return outcomeOfFailure(run, plan)
  const outputLimitBytes = request.outputLimitBytes ?? OUTPUT_LIMIT_BYTES
  const verify = () => verifyOutput(binaries, request.outputPath, plan, signal)
  if (run.kind === 'full' || (await endedFull({ paths: [request.outputPath], outputLimitBytes, verify }))) {
    const encodeSeconds = (performance.now() - startedAt) / 1000
    const mayBeCut = handOverAfterSeconds !== undefined
    const stopped = { ...request, container: plan.container.format, encodeSeconds, outputLimitBytes, mayBeCut }
    return await handOverFull(stopped, run.kind === 'full' ? run : undefined)
  }
  const short = shortSource(plan, run.sourceRecord)
  if (short !== undefined) return short

  const verdict = await verify()
  if (verdict.kind === 'empty') return { kind: 'refused', code: 'source_undecodable', parameters: {} }
  if (verdict.kind === 'rejected') {
    return { kind: 'failed', code: 'result_rejected', detail: `${verdict.reason}\n${run.stderrTail}` }
  }
  const { kind: _, ...output } = verdict
  return { kind: 'encoded', output }
}

const runWhole = async (request: TranscodeRequest, entry: EntryPoint, remainingSeconds: number): Promise<RunResult> => {
  const { binaries, plan, outputLimitBytes = OUTPUT_LIMIT_BYTES } = request
  const files = {
    sourceUrl: request.sourceUrl,
    assetUrls: request.assetUrls ?? {},
    logoPath: LOGO_PATH,
    outputPath: request.outputPath,
    threads: request.threads,
    outputLimitBytes,
  }
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: ffmpegArgs(plan, files, entry.fromSeconds),
    signal: request.signal,
    wallClockLimitSeconds: Math.max(0, remainingSeconds),
    outputLimitBytes,
    isKeptAtLimit: plan.partable && request.handOverAfterSeconds !== undefined,
    stallLimitSeconds: request.stallLimitSeconds,
    onProgress: (framesDone) => request.onProgress(Math.min(1, framesDone / plan.frames.total)),
    onSourceRead: (record) => (hasStarted(record) && !hasLanded(ownTimes(plan, record), entry) ? 'stop' : 'go-on'),
  })
  return 'sourceRecord' in run ? { ...run, sourceRecord: ownTimes(plan, run.sourceRecord) } : run
}

/** A source cut short also makes the decoder complain of its last frames: the cut is the better explanation. */
const outcomeOfFailure = (
  run: { exitCode: number | null; signalName: string | null; sourceRecord: SourceRecord; stderrTail: string },
  plan: EncodePlan,
): Refused | Failed => {
  const outcome = outcomeOfExit(run, 'conversion_failed')
  return outcome.code === 'source_undecodable' ? (shortSource(plan, run.sourceRecord) ?? outcome) : outcome
}

/** The record of the whole is shifted by its intro (output-args.ts): what it says in the times of the source. */
const ownTimes = (plan: EncodePlan, record: SourceRecord): SourceRecord => {
  const later = introSeconds(plan)
  if (later === 0) return record
  return record.map((stream) => ({
    ...stream,
    firstStartSeconds: stream.firstStartSeconds === null ? null : stream.firstStartSeconds - later,
    lastStartSeconds: stream.lastStartSeconds - later,
    endSeconds: stream.endSeconds - later,
  }))
}
