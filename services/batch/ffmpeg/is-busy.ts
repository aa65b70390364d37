import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_MILLISECONDS = 1_000

// Linux counts in hundredths of a second. A tenth of the time is enough where others use the processors, too; a program that
// waits for its source uses none.
const LEAST_TICKS = 10

/**
 * Whether a process uses its processor, by a look of a second: one that gets nowhere and is busy is not waiting for anything.
 * False where there is no /proc, and for a process that is gone.
 */
export const isBusy = async (pid: number): Promise<boolean> => {
  const before = await ticksOf(pid)
  await sleep(LOOK_MILLISECONDS)
  const after = await ticksOf(pid)
  return before !== undefined && after !== undefined && after - before >= LEAST_TICKS
}

const ticksOf = async (pid: number): Promise<number | undefined> => {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // Behind the name in brackets, which may hold anything: fields 14 and 15 of proc(5), user and system time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  } catch {
    return undefined
  }
}
