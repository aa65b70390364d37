import { readFile } from 'node:fs/promises'
import { setInterval as every } from 'node:timers/promises'

/**
 * Resolves with the reason when the process is asked to stop: SIGINT, SIGTERM or SIGHUP, or because the npm that started it is
 * gone (killed, it could not pass a signal on).
 */
export const untilTold = async (): Promise<string> => {
  const told = Promise.withResolvers<string>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => told.resolve(signal))
  const watching = new AbortController()
  if (process.env.npm_lifecycle_event !== undefined) {
    const shell = process.ppid
    const npm = await parentOf(shell)
    watch(async () => process.ppid !== shell || (await parentOf(shell)) !== npm, watching.signal).then(
      () => told.resolve('npm is gone'),
      (error: unknown) => told.reject(error),
    )
  }
  const reason = await told.promise
  watching.abort()
  return reason
}

const watch = async (isGone: () => Promise<boolean>, signal: AbortSignal): Promise<void> => {
  try {
    for await (const _ of every(500, undefined, { signal, ref: false })) if (await isGone()) return
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/**
 * The parent of a process, from /proc (man 5 proc_pid_stat); undefined where there is none. npm runs a script through a shell,
 * which lives on when npm is killed.
 */
const parentOf = async (pid: number): Promise<number | undefined> => {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}
