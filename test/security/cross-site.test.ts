import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hashToken } from '@reelway/web/accounts/opaque-token.ts'
import { cookieIn, FROM_OUR_PAGE, logInBrowser, PASSWORD, signUp } from '../support/browser.ts'
import { assertProblem, callerOf } from '../support/call.ts'
import { newTask } from '../support/rows.ts'
import { startTestWeb } from '../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const ana = await signUp(call)
const logIn = (email: string, headers?: Record<string, string>) => logInBrowser(call, email, headers)
const me = (cookie: string) => call('GET', '/api/me', { headers: { cookie } })
const rowOf = (cookie: string) =>
  web.db
    .selectFrom('sessions')
    .selectAll()
    .where('cookieHash', '=', hashToken(cookie.split('=')[1] ?? ''))
    .executeTakeFirstOrThrow()

describe('a request that changes something with the cookie', () => {
  const refused: [title: string, headers: Record<string, string>][] = [
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another host of our site', { 'sec-fetch-site': 'same-site' }],
    ['that nobody says the origin of', {}],
    ['that was typed in', { 'sec-fetch-site': 'none' }],
    ['from another site that says our origin', { 'sec-fetch-site': 'cross-site', origin: web.url }],
    ['from another origin of an old browser', { origin: 'https://evil.example' }],
    ['from no origin of an old browser', { origin: 'null' }],
    ['from our host by another scheme', { origin: web.url.replace('http:', 'https:') }],
    ['from our host at another port', { origin: 'http://127.0.0.1:1' }],
  ]
  const changes = [
    ['POST', '/api/tasks'],
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
  ] as const
  for (const [title, headers] of refused) {
    test(`${title} is refused, and changes nothing`, async () => {
      const cookie = cookieIn(await logIn(ana.email))
      const { userId } = await rowOf(cookie)
      const { id } = await newTask(web.db, userId)
      for (const [method, path] of [
        ...changes,
        ['DELETE', `/api/tasks/${id}`],
        ['POST', `/api/tasks/${id}/cancel`],
      ] as const) {
        const json = method === 'POST' ? { json: { email: ana.email, password: PASSWORD } } : {}
        const answer = await call(method, path, { ...json, headers: { cookie, ...headers } })
        assertProblem(answer, 'cross_site_request')
        assert.equal(answer.headers.get('set-cookie'), null)
      }
      const task = await call('GET', `/api/tasks/${id}`, { headers: { cookie } })
      assert.equal(JSON.parse(task.text).status, 'awaiting_upload')
    })
  }

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a']) {
    test(`and has a body of ${type} is refused`, async () => {
      const cookie = cookieIn(await logIn(ana.email))
      for (const [method, path] of changes) {
        const body = JSON.stringify({ email: ana.email, password: PASSWORD })
        const answer = await call(method, path, { body, headers: { cookie, ...FROM_OUR_PAGE, 'content-type': type } })
        assertProblem(answer, 'cross_site_request')
      }
      assert.equal((await me(cookie)).status, 200)
    })
  }

  test('from our own page is done, with a JSON body or none, also by a browser that says its origin only', async () => {
    for (const headers of [FROM_OUR_PAGE, { origin: web.url }]) {
      const cookie = cookieIn(await logIn(ana.email, headers))
      const { id } = await newTask(web.db, (await rowOf(cookie)).userId)
      const created = await call('POST', '/api/tasks', {
        json: { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: 1000 },
        headers: { cookie, ...headers },
      })
      assert.equal(created.status, 201, created.text)
      const cancelled = await call('POST', `/api/tasks/${id}/cancel`, { headers: { cookie, ...headers } })
      assert.equal(cancelled.status, 200, cancelled.text)
    }
  })
})
