import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { peakMemoryOfChildren } from './peak-memory.ts'

/** What one run of ffmpeg took, in seconds: by the clock, and of all processors together; and the most memory, in megabytes. */
export type Timing = { wallSeconds: number; cpuSeconds: number; peakMegabytes: number }

/** Runs ffmpeg with these arguments; the shell counts its processor time. Throws with its last words when it fails. */
export const timedFfmpeg = async (ffmpeg: string, argv: readonly string[]): Promise<Timing> => {
  // stdout takes -progress, descriptor 3 the record of the source: both go nowhere.
  await using nowhere = await open('/dev/null', 'w')
  const shell = ['-c', 'TIMEFORMAT="processor: %U %S"; time "$@"', 'timed', ffmpeg, ...argv]
  const startedAt = performance.now()
  const child = spawn('bash', shell, { stdio: ['ignore', 'ignore', 'pipe', nowhere.fd] })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-20_000)
  })
  const ended = new AbortController()
  const watched = child.pid === undefined ? Promise.resolve(0) : peakMemoryOfChildren(child.pid, ended.signal)
  const [code] = await once(child, 'close')
  const wallSeconds = (performance.now() - startedAt) / 1000
  ended.abort()
  const peakMegabytes = await watched
  const counted = /processor: ([\d.]+) ([\d.]+)\s*$/.exec(stderr)
  if (code !== 0 || counted === null) throw new Error(`ffmpeg ${argv.join(' ')}\nended with ${code}:\n${stderr}`)
  return { wallSeconds, cpuSeconds: Number(counted[1]) + Number(counted[2]), peakMegabytes }
}

/** The time of several runs, one after the other. */
export const sumOf = (timings: Timing[]): Timing => ({
  wallSeconds: timings.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0),
  cpuSeconds: timings.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  peakMegabytes: Math.max(...timings.map(({ peakMegabytes }) => peakMegabytes)),
})
