import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultStack } from './fault-stack.ts'

const PATIENCE_MILLIS = 60_000

/** Ends the whole PostgreSQL of a stack by SIGKILL, as a machine that dies would, and starts it anew. */
export const killDatabase = async (stack: FaultStack): Promise<void> => {
  const { ended } = stack.postgres
  const [pid] = (await readFile(join(stack.directory, 'postgres/postmaster.pid'), 'utf8')).split('\n')
  const postmaster = Number(pid)
  const children = await childrenOf(postmaster)
  // The postmaster first: it would start everything anew when a child of it dies.
  for (const each of [postmaster, ...children]) kill(each)
  await ended
  const deadline = Date.now() + PATIENCE_MILLIS
  for (;;) {
    try {
      return await stack.restartPostgres()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(200)
    }
  }
}

const childrenOf = async (parent: number): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      // It may end while we look.
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      return new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status) ? Number(pid) : undefined
    }),
  )
  return found.filter((pid) => pid !== undefined)
}

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
