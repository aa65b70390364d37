import { setTimeout as sleep } from 'node:timers/promises'

/** For the client's own tries as well. A storage that is well answers a question or a deletion within a fraction of a second. */
const ANSWER_MILLIS = 15_000

/**
 * Waits for an answer of the Storage client, which waits for ever by itself: 8.4.0 takes the option `timeout` and forgets it
 * (tried). Throws what the client throws, and when no answer comes an error with the code 504 (Gateway Timeout), as of a proxy.
 */
export const answered = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
  const late = new AbortController()
  const tooLate = async (): Promise<never> => {
    await sleep(ANSWER_MILLIS, undefined, { signal: late.signal })
    throw Object.assign(new Error(`the storage gave no answer for ${ANSWER_MILLIS / 1000} s`), { code: 504 })
  }
  try {
    return await Promise.race([answer, tooLate()])
  } finally {
    late.abort()
  }
}
