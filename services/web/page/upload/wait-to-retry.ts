import { backOffMillis } from './back-off-millis.ts'

/**
 * The pause after a failure, when there were `failures` before it in a row. It ends when the network is back. Throws AbortError when `signal` says
 * so.
 */
export const waitToRetry = (failures: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('online', end)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    }
    const timer = setTimeout(end, backOffMillis(failures, Math.random()))
    addEventListener('online', end)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
  })
