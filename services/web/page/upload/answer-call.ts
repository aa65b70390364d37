import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { ApiError } from '../api/api-error.ts'
import type { ApiCall } from '../api/call-api.ts'
import { callLoggedIn } from '../session/call-logged-in.ts'
import type { ApiAnswer } from './upload-api.ts'

/**
 * What came of a call to our API, with the cookie of the session. While that has ended, it waits until the person has logged in again. Throws
 * AbortError when the call's signal says so.
 */
export const answerCall = async <Value>(call: ApiCall): Promise<ApiAnswer<Value>> => {
  try {
    return { kind: 'ok', value: await callLoggedIn<Value>(call) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (error.code === 'offline' || error.code === 'unreadable') return { kind: 'unavailable' }
    // A code that only a newer release knows is a refusal: its sentence is told.
    const status = errorCatalogue[error.code]?.status ?? 400
    if (status === 429 || status >= 500) return { kind: 'unavailable' }
    return { kind: 'refused', code: error.code, detail: error.message }
  }
}
