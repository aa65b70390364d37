import type { Binaries } from '../ffmpeg/binaries.ts'
import { copyArgs } from '../ffmpeg/copy-args.ts'
import type { CopyPlan } from '../ffmpeg/copy-plan.ts'
import type { EncodePlan } from '../ffmpeg/encode-plan.ts'
import { type RunResult, runFfmpeg } from '../ffmpeg/run.ts'
import { scanArgs } from '../ffmpeg/scan-args.ts'
import type { SourceRecord } from '../ffmpeg/source-record.ts'
import { inspectCopy } from '../verify/inspect-copy.ts'
import type { Verified } from '../verify/verify.ts'
import { verifyCopy } from '../verify/verify-copy.ts'

export type CopySourceRequest = {
  binaries: Binaries
  copy: CopyPlan
  plan: EncodePlan
  /** Our loopback source. */
  sourceUrl: string
  /** A file that does not exist yet, in a folder of the caller's. */
  outputPath: string
  outputLimitBytes: number
  wallClockLimitSeconds: number
  stallLimitSeconds: number
  signal: AbortSignal
  /** From 0 to 1, a few times a second. */
  onProgress: (fraction: number) => void
}

/** `firstFrameSeconds`: where in the source it begins. */
export type Copied = { kind: 'copied'; output: Omit<Verified, 'kind'>; firstFrameSeconds: number }

/** The source has to be encoded: the packets are not what their description promised. `reason` is for the log. */
export type Unsuited = { kind: 'unsuited'; reason: string }

/** A player goes to a key frame, and decodes from there: with them so far apart, that takes noticeably long. */
const MOST_KEY_GAP_SECONDS = 10

/** What ffmpeg says when it moves times to where a container accepts them: then nothing is known to be in step. */
const MENDED_TIMES = /monoton|out of order|Timestamps are unset|no value|Invalid (DTS|PTS)|pts < dts/i

/**
 * Copies what is planned of a source, and proves that it is all there, plays, and says nothing that is not to be said. An abort
 * throws the signal's reason. The caller asks its own record of reads before it believes that a source is unsuited.
 */
export const copySource = async (request: CopySourceRequest): Promise<Copied | Unsuited> => {
  const { binaries, copy, plan, outputPath, signal } = request
  const firstFrameSeconds = copy.fromSeconds === null ? 0 : await findFirstFrame(request, copy.fromSeconds)
  if (firstFrameSeconds === undefined) return unsuited('no key frame was found at or before its beginning')
  let seen: string | undefined
  const run = await runFfmpeg({
    ...limitsOf(request),
    argv: copyArgs(copy, plan, { ...request, firstFrameSeconds }),
    onProgress: (framesDone) => request.onProgress(Math.min(1, framesDone / plan.frames.total)),
    onSourceRead: (record) => {
      seen = whyUnsuited(record)
      return seen === undefined ? 'go-on' : 'stop'
    },
  })
  const record = run.kind === 'finished' ? run.sourceRecord : []
  const reason = seen ?? whyRunFailed(run) ?? whyUnsuited(record) ?? whyShort(record, request)
  if (reason !== undefined) return unsuited(reason)
  const verdict = await verifyCopy(binaries, { path: outputPath, copy, plan, record, firstFrameSeconds }, signal)
  if (verdict.kind === 'rejected') return unsuited(verdict.reason)
  const told = await inspectCopy(request)
  if (told !== undefined) return unsuited(told)
  const { kind: _, ...output } = verdict
  return { kind: 'copied', output, firstFrameSeconds }
}

const unsuited = (reason: string): Unsuited => ({ kind: 'unsuited', reason })

const limitsOf = ({ binaries, signal, wallClockLimitSeconds, stallLimitSeconds }: CopySourceRequest) => ({
  binary: binaries.ffmpeg,
  signal,
  wallClockLimitSeconds,
  stallLimitSeconds,
})

/** When the key frame at or before a time is shown; undefined when the source cannot be entered there. */
const findFirstFrame = async (request: CopySourceRequest, fromSeconds: number): Promise<number | undefined> => {
  const { copy, plan, sourceUrl } = request
  const argv = scanArgs(sourceUrl, [copy.videoIndex], fromSeconds, fromSeconds + plan.source.frameSeconds)
  const run = await runFfmpeg({ ...limitsOf(request), argv })
  const first = run.kind === 'finished' ? run.sourceRecord[0]?.firstStartSeconds : undefined
  return first !== undefined && first !== null && first <= fromSeconds + plan.source.frameSeconds / 2
    ? first
    : undefined
}

const whyRunFailed = (run: RunResult): string | undefined => {
  if (run.kind !== 'finished') return `${run.kind}: ${run.stderrTail}`
  return MENDED_TIMES.test(run.stderrTail) ? `its times are not in order: ${run.stderrTail}` : undefined
}

const whyUnsuited = ([picture]: SourceRecord): string | undefined => {
  if (picture === undefined) return undefined
  if (picture.longestKeyGapSeconds > MOST_KEY_GAP_SECONDS) return 'its key frames are too far apart'
  // Those need what came before it.
  if ((picture.earliestStartSeconds ?? 0) < (picture.firstStartSeconds ?? 0)) {
    return 'frames before its first key frame are shown after it is decoded'
  }
  return picture.unshownPackets > 0 ? 'some of its frames are damaged, or not to be shown' : undefined
}

const whyShort = ([picture]: SourceRecord, { copy, plan }: CopySourceRequest): string | undefined => {
  if (picture === undefined || picture.packets === 0) return 'it holds no picture'
  if (copy.endSeconds - picture.endSeconds > Math.max(END_TOLERANCE_SECONDS, 2 * plan.source.frameSeconds)) {
    return 'it ends before its end'
  }
  return copy.endSeconds - picture.lastStartSeconds < -1 ? 'a frame comes long after its end' : undefined
}

const END_TOLERANCE_SECONDS = 0.25
