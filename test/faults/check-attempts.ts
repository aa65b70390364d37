import { z } from 'zod'
import type { Change } from './history.ts'

/** The line that batch logs when an attempt has ended, in whichever way (services/batch/handlers). */
const ending = z.object({
  message: z.literal('attempt ended'),
  metadata: z.object({ jobId: z.string(), token: z.string(), outcome: z.string() }),
})

/**
 * Proves that the log explains every attempt: each claim of a job has exactly one ending there, or its process was killed. Also finds what
 * no logger wrote, such as the last words of a process that crashed.
 * @param log all lines of the services
 * @param killed names of the processes that were ended by SIGKILL: they may have had no time to say how it ended
 */
export const checkAttempts = (
  history: readonly Change[],
  log: readonly string[],
  killed: ReadonlySet<string>,
): string[] => {
  const endings = new Map<string, string[]>()
  const stray: string[] = []
  for (const line of log) {
    const entry = parsed(line)
    if (entry === undefined) stray.push(line)
    const found = ending.safeParse(entry)
    if (!found.success) continue
    const { token, outcome } = found.data.metadata
    endings.set(token, [...(endings.get(token) ?? []), outcome])
  }
  const claims = history.flatMap(({ table, before, after, writer }) =>
    table === 'jobs' && after !== null && after.lease_token !== null && after.lease_token !== before?.lease_token
      ? [{ token: after.lease_token, job: after.id, writer }]
      : [],
  )
  return [
    ...claims.flatMap(({ token, job, writer }) => {
      const ended = endings.get(token) ?? []
      if (ended.length === 1 || (ended.length === 0 && killed.has(writer))) return []
      return [`an attempt of job ${job} by ${writer} has ${ended.length} endings in the log: ${ended.join(', ')}`]
    }),
    // A process that is killed while it writes leaves the beginning of a line.
    ...stray.filter((line) => !line.startsWith('{')).map((line) => `no log entry: ${line}`),
  ]
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
