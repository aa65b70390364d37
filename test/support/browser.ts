import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { Answer, Caller } from './call.ts'

export const PASSWORD = 'correct horse'
/** What a browser says of a request of our own page. */
export const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin' }

/** Signs up somebody new, with PASSWORD. */
export const signUp = async (call: Caller): Promise<{ email: string; username: string }> => {
  const username = `ana-${randomBytes(6).toString('hex')}`
  const email = `${username}@example.com`
  const answer = await call('POST', '/api/auth/signup', { json: { username, email, password: PASSWORD } })
  assert.equal(answer.status, 201, answer.text)
  return { email, username }
}

/** Logs in as a page of ours does, or with other headers. */
export const logInBrowser = (
  call: Caller,
  email: string,
  headers: Record<string, string> = FROM_OUR_PAGE,
): Promise<Answer> => call('POST', '/api/session', { json: { email, password: PASSWORD }, headers })

/** The cookie that the answer to a log-in gives, as a browser sends it back. */
export const cookieIn = (answer: Answer): string => {
  assert.equal(answer.status, 201, answer.text)
  return /^[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
}
