import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_MILLISECONDS = 50

/**
 * Looks at the children of a process until `signal` is aborted; the most memory in megabytes that one of them has had in use,
 * as Linux keeps it (VmHWM). 0 where there is no /proc.
 */
export const peakMemoryOfChildren = async (pid: number, signal: AbortSignal): Promise<number> => {
  let peak = 0
  while (!signal.aborted) {
    for (const child of await childrenOf(pid)) peak = Math.max(peak, await peakOf(child))
    await sleep(LOOK_MILLISECONDS)
  }
  return peak
}

const childrenOf = async (pid: number): Promise<string[]> =>
  (await read(`/proc/${pid}/task/${pid}/children`)).split(' ').filter((child) => child !== '')

const peakOf = async (pid: string): Promise<number> =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(await read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024

/** The text of a file of /proc; empty when the process has ended. */
const read = async (path: string): Promise<string> => await readFile(path, 'utf8').catch(() => '')
