import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const TETHER = fileURLToPath(new URL('tether.ts', import.meta.url))
const LINES_KEPT = 40

/** A part of the stack that runs in a process of its own and dies with this one. */
export type TetheredProcess = {
  name: string
  /** resolves when it has ended, with the last lines that it wrote */
  ended: Promise<{ code: number | null; lastLines: string[] }>
  /** asks it to stop, and resolves when it has */
  stop(): Promise<void>
}

/**
 * Starts a command under a tether, with its output going to `logFile`, and waits until a line of it is taken for "ready".
 * Throws with its last lines when it ends before.
 */
export const startTethered = async <Ready>(options: {
  name: string
  stopSignal: 'SIGTERM' | 'SIGINT'
  command: string[]
  environment: NodeJS.ProcessEnv
  logFile: string
  readReady: (line: string) => Ready | undefined
}): Promise<{ process: TetheredProcess; ready: Ready }> => {
  const child = spawn(process.execPath, [TETHER, options.stopSignal, ...options.command], {
    env: options.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A session of its own: Ctrl-C reaches only us, and we stop the parts in order.
    detached: true,
  })
  const lastLines: string[] = []
  const ready = Promise.withResolvers<Ready>()
  const log = createWriteStream(options.logFile, { flags: 'a' })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`)
      lastLines.push(line)
      if (lastLines.length > LINES_KEPT) lastLines.shift()
      const value = options.readReady(line)
      if (value !== undefined) ready.resolve(value)
    })
  }
  const ended = endOf(child).then((code) => {
    log.end()
    ready.reject(new Error(`${options.name} did not start:\n${lastLines.join('\n')}`))
    return { code, lastLines }
  })
  const part = {
    name: options.name,
    ended,
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
  return { process: part, ready: await ready.promise }
}

const endOf = async (child: ChildProcess): Promise<number | null> => {
  // 'close' comes after the last line of the output.
  await once(child, 'close')
  return child.exitCode
}
