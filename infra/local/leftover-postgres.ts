import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './running-process.ts'

const STOP_SECONDS = 15

/**
 * Ends a PostgreSQL that still runs on this folder although its stack is gone (its tether was killed, too), and waits until it
 * has: two servers on one folder would destroy it. Throws when it does not end.
 */
export const endLeftoverPostgres = async (directory: string): Promise<void> => {
  const pid = await postmasterPid(directory)
  // A pid file may be older than the last boot: only a process that was started on this folder counts.
  if (pid === undefined || !(await isRunning(pid, directory))) return
  process.kill(pid, 'SIGINT')
  for (let tenths = 0; tenths < STOP_SECONDS * 10; tenths += 1) {
    if (!(await isRunning(pid, directory))) return
    await sleep(100)
  }
  throw new Error(`A PostgreSQL from an earlier start (process ${pid}) does not stop. End it and start again.`)
}

const postmasterPid = async (directory: string): Promise<number | undefined> => {
  try {
    const [pid] = (await readFile(join(directory, 'postmaster.pid'), 'utf8')).split('\n')
    return Number(pid) || undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
