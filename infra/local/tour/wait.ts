import { z } from 'zod'
import type { Api } from './api.ts'

const task = z.object({
  status: z.string(),
  progress: z.number(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  outputs: z.array(
    z.object({
      url: z.string(),
      contentType: z.string(),
      sizeBytes: z.number(),
      width: z.number(),
      height: z.number(),
      durationSeconds: z.number(),
    }),
  ),
})

export type WaitedTask = z.infer<typeof task>

const SETTLED = ['completed', 'failed', 'cancelled', 'expired']
const BAR_WIDTH = 30

/** Waits until a task has settled, asking with `Prefer: wait`, and draws its progress. */
export const waitForTask = async (api: Api, path: string): Promise<WaitedTask> => {
  console.log(`  GET ${path} with "Prefer: wait=30", again and again`)
  let etag = ''
  while (true) {
    const response = await api.request('GET', path, undefined, { prefer: 'wait=30', 'if-none-match': etag })
    if (response.status === 304) continue
    if (!response.ok) throw new Error(`GET ${path} was refused: ${await response.text()}`)
    etag = response.headers.get('etag') ?? ''
    const seen = task.parse(await response.json())
    draw(seen)
    if (SETTLED.includes(seen.status)) return seen
  }
}

const draw = ({ status, progress }: WaitedTask): void => {
  const full = Math.round(progress * BAR_WIDTH)
  const bar = `  [${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}] ${String(Math.round(progress * 100)).padStart(3)} % ${status}`
  // On a terminal the bar is drawn over itself; in a log each step is a line.
  if (!process.stdout.isTTY) console.log(bar)
  else process.stdout.write(`\r${bar.padEnd(60)}${SETTLED.includes(status) ? '\n' : ''}`)
}
