import { readFile } from 'node:fs/promises'

/**
 * True when a process with this id runs and its command line contains `mark`. Where there is no /proc (macOS), every running
 * process with the id counts.
 */
export const isRunning = async (pid: number, mark: string): Promise<boolean> => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, and is another user's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  if (process.platform !== 'linux') return true
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(mark)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return false
    throw error
  }
}
