import { effect, signal } from '@preact/signals'
import { ApiError } from '../api/api-error.ts'
import { callApi, refusals } from '../api/call-api.ts'

export type User = { id: string; username: string; email: string }

/** Who uses the page. `expired`: somebody did, and what is on the page stays until they log in again. */
export type Session =
  | { kind: 'unknown' }
  | { kind: 'unreachable'; error: unknown }
  | { kind: 'nobody' }
  | { kind: 'user'; user: User }
  | { kind: 'expired'; user: User }

export const session = signal<Session>({ kind: 'unknown' })

/** Asks who has the cookie, and watches for the end of the session from then on. */
export const startSession = async (): Promise<void> => {
  try {
    session.value = { kind: 'user', user: await callApi<User>({ path: '/api/me' }) }
  } catch (error) {
    const isNobody = error instanceof ApiError && isRefusal(error)
    session.value = isNobody ? { kind: 'nobody' } : { kind: 'unreachable', error }
  }
}

/** What the API says of nobody, and of a session that is over. */
const isRefusal = ({ code }: ApiError): boolean =>
  code === 'unauthenticated' || code === 'session_ended' || code === 'invalid_access_token'

effect(() => {
  if (refusals.value === 0) return
  const before = session.peek()
  if (before.kind === 'user') session.value = { kind: 'expired', user: before.user }
})

/** Logs in by e-mail address or user name. Throws ApiError, such as invalid_credentials. */
export const logIn = async (login: string, password: string): Promise<void> => {
  const body = { email: login, password }
  const { user } = await callApi<{ user: User }>({ method: 'POST', path: '/api/session', body })
  const before = session.peek()
  session.value = { kind: 'user', user }
  // What is on the page is another's.
  if (before.kind === 'expired' && before.user.id !== user.id) location.reload()
}

/** Makes an account and logs in with it. Throws ApiError, such as username_taken. */
export const signUp = async (account: { username: string; email: string; password: string }): Promise<void> => {
  await callApi<User>({ method: 'POST', path: '/api/auth/signup', body: account })
  await logIn(account.email, account.password)
}

/** Ends the session. It is over for the page even when the service cannot be told; then it throws ApiError. */
export const logOut = async (): Promise<void> => {
  try {
    await callApi<null>({ method: 'DELETE', path: '/api/session' })
  } finally {
    session.value = { kind: 'nobody' }
  }
}
