import { effect } from '@preact/signals'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { ApiError } from '../api/api-error.ts'
import { type ApiCall, callApi } from '../api/call-api.ts'
import { session } from './session.ts'

/**
 * One call of the API, which waits while the session has ended: the page asks the person to log in again, and then the call is repeated.
 * Throws ApiError for everything else, and when they have logged out instead, and AbortError when the call's signal says so.
 */
export const callLoggedIn = async <Answer>(call: ApiCall): Promise<Answer> => {
  for (;;) {
    try {
      return await callApi<Answer>(call)
    } catch (error) {
      if (!(error instanceof ApiError) || !isOfNobody(error)) throw error
      await untilLoggedIn(call.signal)
      // They have gone instead; whoever comes next is somebody else.
      if (session.peek().kind === 'nobody') throw error
    }
  }
}

const isOfNobody = ({ code }: ApiError): boolean =>
  code !== 'offline' && code !== 'unreadable' && errorCatalogue[code]?.status === 401

/** Until the person has logged in again, or out. */
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
      if (session.value.kind === 'user' || session.value.kind === 'nobody') queueMicrotask(end)
    })
    signal?.addEventListener('abort', give)
  })
