import type { Binaries } from '../ffmpeg/binaries.ts'
import type { EncodePlan, PlanPart } from '../ffmpeg/encode-plan.ts'
import type { AssetUrls } from '../ffmpeg/input-args.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { renditionPath } from '../ffmpeg/rendition-args.ts'
import { type RunResult, runFfmpeg } from '../ffmpeg/run.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import { assetUnusable } from '../probe/asset-unusable.ts'
import type { Failed, Refused } from '../refusal.ts'
import { verifyPart } from '../verify/verify-part.ts'
import { endedFull } from './ended-full.ts'
import type { EntryPoint } from './entry-points.ts'
import { type HandedOver, handOver } from './hand-over.ts'
import { handOverFull } from './hand-over-full.ts'
import { LOGO_PATH } from './logo-path.ts'
import { OUTPUT_LIMIT_BYTES } from './output-limit.ts'
import { partProgress } from './part-progress.ts'
import { type PartReading, partReading } from './part-reading.ts'
import { hasLanded, hasStarted, runFromEntry } from './run-from-entry.ts'
import { shortSource } from './short-source.ts'

export type PartRequest = {
  binaries: Binaries
  plan: EncodePlan
  part: PlanPart
  /** Our loopback source, and those of what the plan uses of the user's own. */
  sourceUrl: string
  assetUrls?: AssetUrls
  /** A file that does not exist yet, in a folder of the caller's. */
  outputPath: string
  threads: number
  /** Counted from this call: then it hands over what it has. */
  handOverAfterSeconds: number
  stallLimitSeconds: number
  /** The most that the part may take of the disk, which is memory on Cloud Run. */
  outputLimitBytes?: number
  signal: AbortSignal
  /** From 0 to 1 of the part, a few times a second, never less than before. */
  onProgress: (fraction: number) => void
}

/** The part lies at the output path as an mp4; `lead` samples of its track come before the first that belongs to it. */
export type EncodedPart = { kind: 'encoded-part'; lead: number; sizeBytes: number; encodeSeconds: number }

/**
 * Encodes one part of a plan from a source that is entered just before it, and proves that what was made is all of it. A
 * refusal or failure may also be due to a source that broke off under ffmpeg: the caller knows, from its own record of reads,
 * and asks that first. An abort throws the signal's reason once ffmpeg is gone.
 */
export const encodePart = async (request: PartRequest): Promise<EncodedPart | HandedOver | Refused | Failed> => {
  const reading = partReading(request.plan, request.part, request.assetUrls ?? {})
  const encoded = await encodeFrom(request, reading)
  return encoded.kind === 'refused' && reading.option !== null
    ? assetUnusable(reading.option, 'it cannot be decoded')
    : encoded
}

const encodeFrom = async (
  request: PartRequest,
  reading: PartReading,
): Promise<EncodedPart | HandedOver | Refused | Failed> => {
  const { plan, part } = reading
  const startedAt = performance.now()
  const secondsSince = () => (performance.now() - startedAt) / 1000
  const run = await runFromEntry(reading.entryPoints, (entry) =>
    runPart(request, reading, entry, request.handOverAfterSeconds - secondsSince()),
  )
  if (run === undefined || run.kind === 'unsuited' || (run.kind === 'stalled' && run.isBusy)) {
    return { kind: 'refused', code: 'source_undecodable', parameters: {} }
  }
  if (run.kind === 'stalled') return { kind: 'failed', code: 'conversion_stalled', detail: run.stderrTail }
  if (run.kind === 'failed') return outcomeOfExit(run, 'conversion_failed')
  const stopped = { ...request, container: 'mp4', encodeSeconds: secondsSince() } as const
  if (run.kind === 'timed-out') return keepPicture(part, await handOver(stopped, run))
  const outputLimitBytes = request.outputLimitBytes ?? OUTPUT_LIMIT_BYTES
  const verify = () => verifyPart(request.binaries, request.outputPath, plan, part, request.signal)
  if (run.kind === 'full' || (await endedFull({ paths: pathsOf(request, part), outputLimitBytes, verify }))) {
    const full = { ...stopped, outputLimitBytes, mayBeCut: request.plan.partable }
    return keepPicture(part, await handOverFull(full, run.kind === 'full' ? run : undefined))
  }
  const short = shortEnd(reading, run.sourceRecord)
  if (short !== undefined) return short
  const verdict = await verify()
  if (verdict.kind === 'rejected') {
    return { kind: 'failed', code: 'result_rejected', detail: `${verdict.reason}\n${run.stderrTail}` }
  }
  const { lead, sizeBytes } = verdict
  return { kind: 'encoded-part', lead, sizeBytes, encodeSeconds: secondsSince() }
}

/** Of a sound that was stopped nothing is kept. */
const keepPicture = <Outcome extends HandedOver | Refused>({ stream }: PlanPart, outcome: Outcome): Outcome =>
  outcome.kind === 'handed-over' && stream === 'sound' ? { ...outcome, kept: 0, sizeBytes: 0 } : outcome

const pathsOf = ({ plan, outputPath }: PartRequest, { stream }: PlanPart): string[] =>
  stream === 'sound' || plan.renditions === null
    ? [outputPath]
    : plan.renditions.map((_, index) => renditionPath(outputPath, index))

/**
 * A whole that was handed over had nobody look at its end before (check-end.ts): its last part does. Where only the container says
 * how long it is, the sound would have to be read as well.
 */
const shortEnd = ({ plan, part, isStill }: PartReading, record: SourceRecord): Refused | undefined =>
  !isStill && part.stream === 'picture' && part.end === plan.frames.body && plan.source.endKnownFrom === 'video-stream'
    ? shortSource(plan, record)
    : undefined

const runPart = (
  request: PartRequest,
  reading: PartReading,
  entry: EntryPoint,
  remainingSeconds: number,
): Promise<RunResult> => {
  const { outputLimitBytes = OUTPUT_LIMIT_BYTES } = request
  const progress = partProgress(reading.plan, reading.part)
  return runFfmpeg({
    binary: request.binaries.ffmpeg,
    argv: reading.argvAt(entry, {
      sourceUrl: request.sourceUrl,
      assetUrls: request.assetUrls ?? {},
      logoPath: LOGO_PATH,
      outputPath: request.outputPath,
      threads: request.threads,
      outputLimitBytes,
    }),
    signal: request.signal,
    wallClockLimitSeconds: Math.max(0, remainingSeconds),
    outputLimitBytes,
    isKeptAtLimit: true,
    stallLimitSeconds: request.stallLimitSeconds,
    onProgress: (framesDone) => request.onProgress(progress.ofFrames(framesDone)),
    onSourceRead: (record) => {
      if (hasStarted(record) && !hasLanded(record, entry)) return 'stop'
      request.onProgress(progress.ofSource(record))
      return 'go-on'
    },
  })
}
