import { effect } from '@preact/signals'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { ApiError } from '../api/api-error.ts'
import { type ApiCall, callApi } from '../api/call-api.ts'
import { session } from '../session/session.ts'
import type { ApiAnswer } from './upload-api.ts'

/**
 * What came of a call to our API, with the cookie of the session. While that has ended, it waits until the person has logged in again. Throws
 * AbortError when the call's signal says so.
 */
export const answerCall = async <Value>(call: ApiCall): Promise<ApiAnswer<Value>> => {
  for (;;) {
    try {
      return { kind: 'ok', value: await callApi<Value>(call) }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'offline' || error.code === 'unreadable') return { kind: 'unavailable' }
      // A code that only a newer release knows is a refusal: its sentence is told.
      const status = errorCatalogue[error.code]?.status ?? 400
      if (status === 429 || status >= 500) return { kind: 'unavailable' }
      if (status !== 401) return { kind: 'refused', code: error.code, detail: error.message }
      await untilLoggedIn(call.signal)
    }
  }
}

const untilLoggedIn = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const end = () => {
      stop()
      signal?.removeEventListener('abort', give)
      resolve()
    }
    const give = () => {
      stop()
      reject(signal?.reason)
    }
    const stop = effect(() => {
      if (session.value.kind === 'user') queueMicrotask(end)
    })
    signal?.addEventListener('abort', give)
  })
