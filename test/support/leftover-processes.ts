import { readdir, readFile } from 'node:fs/promises'

/**
 * The processes, other than this one, that were started with `directory` as their TMPDIR or in their command line, each as one
 * line. Linux only: elsewhere there is no /proc to ask, and the list is empty.
 */
export const leftoverProcesses = async (directory: string): Promise<string[]> => {
  if (process.platform !== 'linux') return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const lines = await Promise.all(
    pids.map(async (pid) => {
      const [environment, command] = await Promise.all([readProc(pid, 'environ'), readProc(pid, 'cmdline')])
      const belongs = environment.includes(`TMPDIR=${directory}`) || command.includes(directory)
      return belongs ? `process ${pid}: ${command.replaceAll('\0', ' ')}` : undefined
    }),
  )
  return lines.filter((line) => line !== undefined)
}

// A process may end while we look, and another user's environment is not ours to read.
const readProc = async (pid: string, file: string): Promise<string> => {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code)))
      return ''
    throw error
  }
}
