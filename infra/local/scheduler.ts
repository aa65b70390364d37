import { appendFile } from 'node:fs/promises'
import { setInterval as every } from 'node:timers/promises'

type Schedule = {
  /** asked each time: batch may have moved */
  url: () => string
  seconds: number
  token: () => string
  logFile: string
}

/**
 * The local Cloud Scheduler: calls a URL every `seconds` with an OIDC token, as the job of infra/gcp does. What goes wrong is
 * logged and tried again the next time. Returns what stops it.
 */
export const startScheduler = (schedule: Schedule): (() => Promise<void>) => {
  const stopping = new AbortController()
  const running = runSchedule(schedule, stopping.signal)
  return async () => {
    stopping.abort()
    await running
  }
}

const runSchedule = async (schedule: Schedule, signal: AbortSignal): Promise<void> => {
  try {
    for await (const _ of every(schedule.seconds * 1000, undefined, { signal })) await call(schedule, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

const call = async ({ url, token, logFile }: Schedule, signal: AbortSignal): Promise<void> => {
  const target = url()
  const outcome = await fetch(target, { method: 'POST', headers: { authorization: `Bearer ${token()}` }, signal }).then(
    async (response) => `${response.status} ${await response.text()}`,
    (error: unknown) => `no answer: ${error instanceof Error ? error.message : 'no reason given'}`,
  )
  await appendFile(logFile, `${new Date().toISOString()} POST ${target} ${outcome}\n`)
}
