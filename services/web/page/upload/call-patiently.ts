import { backOffMillis } from './back-off-millis.ts'
import type { ApiAnswer } from './upload-api.ts'

/** Repeats a call until it is answered, with growing pauses, which end when the network is back. Throws AbortError when `signal` says so. */
export const callPatiently = async <Value>(
  call: () => Promise<ApiAnswer<Value>>,
  signal: AbortSignal,
): Promise<Exclude<ApiAnswer<Value>, { kind: 'unavailable' }>> => {
  for (let failures = 0; ; failures++) {
    const answer = await call()
    if (answer.kind !== 'unavailable') return answer
    await pause(backOffMillis(failures, Math.random()), signal)
  }
}

const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    }
    const timer = setTimeout(end, millis)
    addEventListener('online', end)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
  })
