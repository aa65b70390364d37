import type { ApiAnswer } from './upload-api.ts'
import { waitToRetry } from './wait-to-retry.ts'

/** Repeats a call until it is answered, with growing pauses, which end when the network is back. Throws AbortError when `signal` says so. */
export const callPatiently = async <Value>(
  call: () => Promise<ApiAnswer<Value>>,
  signal: AbortSignal,
): Promise<Exclude<ApiAnswer<Value>, { kind: 'unavailable' }>> => {
  for (let failures = 0; ; failures++) {
    const answer = await call()
    if (answer.kind !== 'unavailable') return answer
    await waitToRetry(failures, signal)
  }
}
