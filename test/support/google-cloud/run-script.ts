import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { GoogleCloud } from './start-google-cloud.ts'

export type ScriptResult = {
  /** null when the time was over: the script was killed with all that it had started */
  code: number | null
  stdout: string
  stderr: string
}

export type ScriptOptions = {
  /** whose environment it is given */
  cloud: Pick<GoogleCloud, 'environment'>
  env?: Record<string, string>
  /** what the script reads; nothing at all (end of file) unless told */
  input?: string
  directory?: string
  timeoutMillis?: number
}

/** A gcloud call takes 1 to 6 s, by the machine's load. */
const TIMEOUT_MILLIS = 300_000

/** Runs a program, as a rule against the stand-in, in a process group of its own that is gone when this resolves. */
export const runScript = async (path: string, args: string[], options: ScriptOptions): Promise<ScriptResult> => {
  const { cloud, env = {}, input = '', directory = '.', timeoutMillis = TIMEOUT_MILLIS } = options
  const child = spawn(path, args, {
    cwd: directory,
    env: { ...cloud.environment, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // All of it has ended.
    }
  }
  const timer = setTimeout(killGroup, timeoutMillis)
  // It need not read what it is given.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  clearTimeout(timer)
  killGroup()
  return { code: child.exitCode, stdout, stderr }
}
