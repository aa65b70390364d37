import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'

/** What one run of ffmpeg took, in seconds: by the clock, and of all processors together. */
export type Timing = { wallSeconds: number; cpuSeconds: number }

/** Runs ffmpeg with these arguments; its own -benchmark counts the processor time. Throws with its last words when it fails. */
export const timedFfmpeg = async (ffmpeg: string, argv: readonly string[]): Promise<Timing> => {
  const startedAt = performance.now()
  // stdout takes -progress, descriptor 3 the record of the source: both go nowhere.
  await using nowhere = await open('/dev/null', 'w')
  const child = spawn(ffmpeg, ['-benchmark', ...argv], { stdio: ['ignore', 'ignore', 'pipe', nowhere.fd] })
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-20_000)
  })
  const [code] = await once(child, 'close')
  const wallSeconds = (performance.now() - startedAt) / 1000
  if (code !== 0) throw new Error(`ffmpeg ${argv.join(' ')}\nended with ${code}:\n${stderr}`)
  const bench = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr)
  if (bench === null) throw new Error('ffmpeg did not say how long it took')
  return { wallSeconds, cpuSeconds: Number(bench[1]) + Number(bench[2]) }
}

/** The time of several runs, one after the other. */
export const sumOf = (timings: Timing[]): Timing => ({
  wallSeconds: timings.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0),
  cpuSeconds: timings.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
})
