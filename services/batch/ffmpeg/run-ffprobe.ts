import { execFile } from 'node:child_process'
import { childEnvironment, startError, withinMemory } from './hardening.ts'

export type ProbeResult =
  | { kind: 'finished'; stdout: string; stderrTail: string }
  | { kind: 'failed'; exitCode: number | null; signalName: string | null; stderrTail: string }
  | { kind: 'timed-out' }
  | { kind: 'too-much-output' }

// An ordinary probe takes 0.2 s and some MB; this is for a slow storage, not for a long video.
const TIME_LIMIT_MILLISECONDS = 30_000

// 64 streams come to 90 kB; more is a file made to fill our memory.
const OUTPUT_LIMIT_BYTES = 1_048_576

/** Runs ffprobe and collects what it says, within bounds of time and size. An abort throws the signal's reason. */
export const runFfprobe = async (
  binary: string,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<ProbeResult> => {
  signal.throwIfAborted()
  return await new Promise<ProbeResult>((resolve, reject) => {
    const options = {
      env: { ...childEnvironment },
      signal,
      timeout: TIME_LIMIT_MILLISECONDS,
      killSignal: 'SIGKILL',
      maxBuffer: OUTPUT_LIMIT_BYTES,
    } as const
    const { file, args } = withinMemory(binary, argv)
    execFile(file, args, options, (error, stdout, stderr) => {
      if (signal.aborted) return reject(signal.reason)
      if (error === null) return resolve({ kind: 'finished', stdout, stderrTail: stderr })
      if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return resolve({ kind: 'too-much-output' })
      if (error.killed === true) return resolve({ kind: 'timed-out' })
      if (typeof error.code === 'string') return reject(error)
      const unstarted = startError(binary, error.code ?? null)
      if (unstarted !== undefined) return reject(unstarted)
      resolve({ kind: 'failed', exitCode: error.code ?? null, signalName: error.signal ?? null, stderrTail: stderr })
    })
  })
}
