import type { Binaries } from '../ffmpeg/binaries.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { outcomeOfExit } from '../ffmpeg/outcome-of-exit.ts'
import { type RunResult, runFfmpeg } from '../ffmpeg/run.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import type { Failed, Refused } from '../refusal.ts'
import { shortSource } from './short-source.ts'

export type CheckRequest = {
  binaries: Binaries
  plan: EncodePlan
  /** Our loopback source. */
  sourceUrl: string
  stallLimitSeconds: number
  signal: AbortSignal
}

// More than the longest distance of key frames that is usual, so that one of them is met.
const LAST_SECONDS = 20
// So close to the end of what there is the rest is read through.
const NEAR_SECONDS = 30
// More than the last frame is shown, and than times are rounded.
const BEYOND_SECONDS = 1
// A look at the middle of a source reads so much of it.
const LOOK_SECONDS = 1
// For all of it: a container without an index is read from its beginning to where it is entered.
const LIMIT_SECONDS = 240

/**
 * Proves, before anything is encoded in parts, that a source reaches the end that it announces: only its last packets are
 * read. When they are missing, it is searched for where it does end, in halves, for the owner to be told. A refusal or failure
 * may also be due to a source that could not be read: the caller knows, from its own record of reads, and asks that first.
 * An abort throws the signal's reason.
 */
export const checkEnd = async (request: CheckRequest): Promise<{ kind: 'complete' } | Refused | Failed> => {
  const { plan } = request
  const startedAt = performance.now()
  const read = (fromSeconds: number, untilSeconds: number | null) =>
    readPackets(request, fromSeconds, untilSeconds, LIMIT_SECONDS - (performance.now() - startedAt) / 1000)

  // Of a source of which only a stretch is used, what comes long after it does not matter.
  const untilSeconds = plan.source.readSeconds === null ? null : plan.source.endSeconds + BEYOND_SECONDS
  const last = await read(plan.source.endSeconds - LAST_SECONDS, untilSeconds)
  if (last.kind === 'gave-up') return last.why
  if (shortSource(plan, last.record) === undefined) return { kind: 'complete' }

  let found = endOf(last.record)
  let missing = plan.source.endSeconds
  while (missing - found > NEAR_SECONDS) {
    const middle = (found + missing) / 2
    const look = await read(middle, middle + LOOK_SECONDS)
    if (look.kind === 'gave-up') return look.why
    const end = endOf(look.record)
    if (end > found) found = end
    else missing = middle
  }
  const rest = await read(found, untilSeconds)
  if (rest.kind === 'gave-up') return rest.why
  return shortSource(plan, rest.record) ?? { kind: 'complete' }
}

type Packets = { kind: 'read'; record: SourceRecord } | { kind: 'gave-up'; why: Failed | Refused }

const readPackets = async (
  { binaries, plan, sourceUrl, stallLimitSeconds, signal }: CheckRequest,
  fromSeconds: number,
  untilSeconds: number | null,
  wallClockLimitSeconds: number,
): Promise<Packets> => {
  const { videoIndex, audioIndex } = plan.source
  const indexes = audioIndex === null ? [videoIndex] : [videoIndex, audioIndex]
  const run = await runFfmpeg({
    binary: binaries.ffmpeg,
    argv: scanArgs(sourceUrl, indexes, fromSeconds > 0 ? fromSeconds : null, untilSeconds),
    signal,
    wallClockLimitSeconds: Math.max(0, wallClockLimitSeconds),
    stallLimitSeconds,
  })
  return packetsOf(run)
}

/** No packet at all is an error to ffmpeg, and an answer here. */
const packetsOf = (run: RunResult): Packets => {
  switch (run.kind) {
    case 'finished':
      return { kind: 'read', record: run.sourceRecord }
    case 'failed': {
      const why = outcomeOfExit(run, 'not_a_video')
      return why.kind === 'failed' && why.code !== 'source_unreachable'
        ? { kind: 'gave-up', why }
        : { kind: 'read', record: run.sourceRecord }
    }
    case 'stalled':
    case 'timed-out':
    case 'full':
    case 'unsuited':
      return { kind: 'gave-up', why: { kind: 'failed', code: 'source_unreachable', detail: run.stderrTail } }
    default:
      return run satisfies never
  }
}

const endOf = ([video]: SourceRecord): number => Math.max(0, video?.endSeconds ?? 0)
