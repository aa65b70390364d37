import { type ChildProcess, spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { isCutOff } from './explain.ts'
import { childEnvironment, startError, withinMemory } from './hardening.ts'
import { isBusy } from './is-busy.ts'
import { type Progress, readProgress } from './progress.ts'
import { createSourceRecorder, type SourceRecord } from './source-record.ts'

export type RunRequest = {
  binary: string
  argv: readonly string[]
  /** Stops the run; its reason is thrown once ffmpeg is gone. */
  signal: AbortSignal
  wallClockLimitSeconds: number
  /** The longest time without a new frame, a new byte, or a packet of the source that was read. */
  stallLimitSeconds: number
  /** The most that the first file of the run may take of the disk: -fs stops no run that has another output (5.1). */
  outputLimitBytes?: number
  /** At a limit, ffmpeg is given a tenth of the time limit to write the end of its file, so that what it has can be used. */
  isKeptAtLimit?: boolean
  onProgress?: (framesDone: number) => void
  /** Is given each line of ffmpeg's messages; those that it takes (true) are figures, and no explanation of a failure. */
  takeLine?: (line: string) => boolean
  /** Looks at what was read of the source, whenever something was; `stop` ends the run. */
  onSourceRead?: (record: SourceRecord) => 'go-on' | 'stop'
}

/** How a run ended, when nobody asked it to. */
export type RunResult =
  | { kind: 'finished'; sourceRecord: SourceRecord; stderrTail: string }
  | {
      kind: 'failed'
      exitCode: number | null
      signalName: string | null
      sourceRecord: SourceRecord
      stderrTail: string
    }
  /** `isBusy`: it waited for nothing, but worked all the time, and would get no further another time. */
  | { kind: 'stalled'; isBusy: boolean; stderrTail: string }
  /** Frames that had been encoded before it was stopped at its limit of time or of bytes; `isClosed`: it wrote the end of its file. */
  | { kind: 'timed-out'; framesDone: number; isClosed: boolean; stderrTail: string }
  | { kind: 'full'; framesDone: number; isClosed: boolean; stderrTail: string }
  /** What was read of the source was not what the caller wants. */
  | { kind: 'unsuited'; stderrTail: string }

// ffmpeg ends within 0.2 s of SIGTERM unless it waits for its source, then not at all (run).
const PATIENCE_AFTER_SIGTERM_MILLISECONDS = 2_000

// The last messages name the cause; a damaged video can write many megabytes of them.
const STDERR_TAIL_CHARACTERS = 8_192

/**
 * Runs ffmpeg to its end and never leaves it behind: not after an abort (throws the signal's reason), a stall, the time limit
 * or an exit of this process. Throws when the program cannot be started.
 */
export const runFfmpeg = async (request: RunRequest): Promise<RunResult> => {
  request.signal.throwIfAborted()
  const { outputLimitBytes = Number.POSITIVE_INFINITY } = request
  const { file, args } = withinMemory(request.binary, request.argv)
  const child = spawn(file, args, {
    env: childEnvironment,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in a terminal reaches us alone, and we decide how ffmpeg ends.
    detached: true,
  })
  const ended = exitOf(child)
  const recorder = createSourceRecorder()
  let stderrTail = ''
  let framesDone = 0
  let stopped: { why: 'stalled' | 'timed-out' | 'full' | 'aborted' | 'unsuited'; framesDone: number } | undefined
  const stop = (why: NonNullable<typeof stopped>['why']) => {
    if (stopped !== undefined) return
    stopped = { why, framesDone }
    child.kill('SIGTERM')
    const isKept = (why === 'timed-out' || why === 'full') && request.isKeptAtLimit === true
    const patience = isKept ? request.wallClockLimitSeconds * 100 : 0
    killer.start(Math.max(PATIENCE_AFTER_SIGTERM_MILLISECONDS, patience))
  }
  const killer = killAfterPatience(child)
  const abort = () => {
    stop('aborted')
    // Whatever it was given time for is not wanted any more.
    killer.start(PATIENCE_AFTER_SIGTERM_MILLISECONDS)
  }
  const dieWithUs = () => child.kill('SIGKILL')
  const wallClock = setTimeout(() => stop('timed-out'), request.wallClockLimitSeconds * 1000)
  let wasBusy = false
  const stall = setTimeout(async () => {
    // Before the first packet it looks for it, in a file without an index from the beginning: that is work, and no loop.
    wasBusy = recorder.record().length > 0 && child.pid !== undefined && (await isBusy(child.pid))
    stop('stalled')
  }, request.stallLimitSeconds * 1000)

  request.signal.addEventListener('abort', abort, { once: true })
  process.once('exit', dieWithUs)
  const reading = Promise.all([
    eachText(
      child.stdio[1],
      watchProgress(
        (progress) => {
          framesDone = progress.framesDone
          if (!progress.ended && progress.bytesWritten >= outputLimitBytes) stop('full')
          request.onProgress?.(framesDone)
        },
        () => stall.refresh(),
      ),
    ),
    eachText(
      child.stdio[2],
      withoutTaken(request.takeLine, (text) => {
        stderrTail = (stderrTail + text).slice(-STDERR_TAIL_CHARACTERS)
      }),
    ),
    eachText(child.stdio[3], (text) => {
      recorder.add(text)
      stall.refresh()
      if (request.onSourceRead?.(recorder.record()) === 'stop') stop('unsuited')
    }),
  ])
  try {
    const [{ exitCode, signalName }] = await Promise.all([ended, reading])
    const unstarted = startError(request.binary, exitCode)
    if (unstarted !== undefined) throw unstarted
    // An abort that comes while it ends is one, too: nobody wants the result any more.
    if (stopped?.why === 'aborted' || (stopped !== undefined && request.signal.aborted)) throw request.signal.reason
    if (stopped?.why === 'timed-out' || stopped?.why === 'full') {
      return { kind: stopped.why, framesDone: stopped.framesDone, isClosed: signalName === null, stderrTail }
    }
    if (stopped?.why === 'stalled') return { kind: 'stalled', isBusy: wasBusy, stderrTail }
    if (stopped !== undefined) return { kind: 'unsuited', stderrTail }
    const sourceRecord = recorder.record()
    return exitCode === 0 && !isCutOff(stderrTail)
      ? { kind: 'finished', sourceRecord, stderrTail }
      : { kind: 'failed', exitCode, signalName, sourceRecord, stderrTail }
  } catch (error) {
    // Also a caller whose onProgress throws leaves no ffmpeg behind. After an abort it is gone already.
    child.kill('SIGKILL')
    await Promise.allSettled([ended])
    throw error
  } finally {
    clearTimeout(wallClock)
    clearTimeout(stall)
    killer.cancel()
    request.signal.removeEventListener('abort', abort)
    process.removeListener('exit', dieWithUs)
  }
}

const exitOf = (child: ChildProcess) =>
  new Promise<{ exitCode: number | null; signalName: string | null }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode, signalName) => resolve({ exitCode, signalName }))
  })

const killAfterPatience = (child: ChildProcess) => {
  let timer: NodeJS.Timeout | undefined
  return {
    start: (patienceMilliseconds: number) => {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds)
    },
    cancel: () => clearTimeout(timer),
  }
}

/** Gives a stream's text to `onText` as it comes; settles when the stream ends. */
const eachText = async (stream: unknown, onText: (text: string) => void): Promise<void> => {
  // Node opens every pipe that was asked for, except when the program could not be started: `ended` says so.
  if (!(stream instanceof Readable)) return
  stream.setEncoding('utf8')
  for await (const text of stream) onText(String(text))
}

/** Gives `onText` what `takeLine` leaves of a text that comes in pieces. */
const withoutTaken = (takeLine: RunRequest['takeLine'], onText: (text: string) => void) => {
  if (takeLine === undefined) return onText
  let rest = ''
  return (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    onText(lines.flatMap((line) => (takeLine(line) ? [] : [`${line}\n`])).join(''))
  }
}

/** Calls `onRise` whenever ffmpeg has a frame or a byte more than before, and `onProgress` with whatever it says of them. */
const watchProgress = (onProgress: (progress: Progress) => void, onRise: () => void) => {
  let text = ''
  let frames = 0
  let bytes = 0
  return (more: string) => {
    const { progress, rest } = readProgress(text + more)
    text = rest
    if (progress === undefined) return
    if (progress.framesDone > frames || progress.bytesWritten > bytes) onRise()
    frames = Math.max(frames, progress.framesDone)
    bytes = Math.max(bytes, progress.bytesWritten)
    onProgress(progress)
  }
}
