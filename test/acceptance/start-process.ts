import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const START = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url))

/** A stack that was started as `npm start` does it, in a process of its own. */
export type Started = {
  /** of web, once it runs; rejects with the output when it ends before */
  url: Promise<string>
  exitCode: Promise<number | null>
  /** all that was written so far */
  output(): string
  /** Sends a signal to the process, if it still runs, and resolves with its exit code. */
  kill(signal: NodeJS.Signals): Promise<number | null>
  /** Sends a signal to those processes of the stack whose command line (its words parted by NUL) matches, and to nobody else's. */
  killPart(mark: RegExp, signal: NodeJS.Signals): Promise<void>
}

/** Starts a stack with its data in `directory`, on any free port. */
export const start = (directory: string, args: string[]): Started => {
  const { BASE_URL: _, npm_lifecycle_event: __, ...inherited } = process.env
  const child = spawn(process.execPath, [START, ...args], {
    env: { ...inherited, REELWAY_DATA: directory, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const written: string[] = []
  const url = Promise.withResolvers<string>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written.push(text)
      const found = /running at (http:\/\/\S+)/.exec(written.join(''))?.[1]
      if (found !== undefined) url.resolve(found)
    })
  }
  const exitCode = once(child, 'close').then(() => {
    url.reject(new Error(`it ended before it ran: ${written.join('')}`))
    return child.exitCode
  })
  // Whoever does not ask for the address need not hear that there is none.
  url.promise.catch(() => undefined)
  return {
    url: url.promise,
    exitCode,
    output: () => written.join(''),
    kill: (signal) => {
      child.kill(signal)
      return exitCode
    },
    killPart: async (mark, signal) => {
      if (child.pid === undefined) throw new Error('it was not started')
      const parts = await descendants(child.pid)
      const chosen = parts.filter(({ command }) => mark.test(command))
      if (chosen.length === 0) throw new Error(`no part of the stack is ${mark}`)
      for (const { pid } of chosen) process.kill(pid, signal)
    },
  }
}

type Part = { pid: number; parent: number; command: string }

const descendants = async (root: number): Promise<Part[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = (await Promise.all(pids.map(readPart))).filter((part) => part !== undefined)
  const below = (parent: number): Part[] =>
    all.filter((part) => part.parent === parent).flatMap((part) => [part, ...below(part.pid)])
  return below(root)
}

// A process may end while we look.
const readPart = async (pid: string): Promise<Part | undefined> => {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1])
    return { pid: Number(pid), parent, command: await readFile(`/proc/${pid}/cmdline`, 'utf8') }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
}
