import { readdirSync, readFileSync } from 'node:fs'

export type ProgramWatch = Disposable & {
  /** The most memory that any ffmpeg or ffprobe with `mark` in its command line ever held, in bytes; 0 when none was seen. */
  peakBytes: (mark: string) => number
  /** The ids of those with `mark` that run now. */
  running: (mark: string) => number[]
}

// VmHWM is the highest so far, so that only what grows in a program's last moments is missed.
const LOOK_EVERY_MILLIS = 25

/** Looks at all ffmpeg and ffprobe processes of this machine, forty times a second, until it is disposed of. Linux only. */
export const watchPrograms = (): ProgramWatch => {
  const seen = new Map<string, { commandLine: string; peakBytes: number }>()
  const strangers = new Map<string, number>()
  const look = () => {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    for (const pid of pids) {
      // Between fork and exec a child still looks like its parent: who is no program of ours twice is none.
      if ((strangers.get(pid) ?? 0) > 1) continue
      const commandLine = readProc(pid, 'cmdline').replaceAll('\0', ' ')
      if (!/^\S*ff(mpeg|probe) /.test(commandLine)) {
        strangers.set(pid, (strangers.get(pid) ?? 0) + 1)
        continue
      }
      const key = `${pid} ${commandLine}`
      const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1] ?? 0) * 1024
      seen.set(key, { commandLine, peakBytes: Math.max(peak, seen.get(key)?.peakBytes ?? 0) })
    }
    const alive = new Set(pids)
    for (const pid of strangers.keys()) if (!alive.has(pid)) strangers.delete(pid)
  }
  const timer = setInterval(look, LOOK_EVERY_MILLIS)
  return {
    peakBytes: (mark) =>
      Math.max(
        0,
        ...[...seen.values()].filter(({ commandLine }) => commandLine.includes(mark)).map(({ peakBytes }) => peakBytes),
      ),
    running: (mark) =>
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name) && readProc(name, 'cmdline').includes(mark))
        .map(Number)
        .filter((pid) => pid !== process.pid),
    [Symbol.dispose]: () => clearInterval(timer),
  }
}

// A process may end while we look.
const readProc = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code)))
      return ''
    throw error
  }
}
