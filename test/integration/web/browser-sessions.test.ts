import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { hashToken } from '@reelway/web/accounts/opaque-token.ts'
import { sessionSchema } from '@reelway/web/accounts/session-schema.ts'
import { sql } from 'kysely'
import { cookieIn, FROM_OUR_PAGE, logInBrowser, PASSWORD, signUp } from '../../support/browser.ts'
import { assertInvalid, assertProblem, callerOf } from '../../support/call.ts'
import { newTask } from '../../support/rows.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const logIn = (email: string, headers?: Record<string, string>) => logInBrowser(call, email, headers)

const ana = await signUp(call)
const me = (cookie: string, headers: Record<string, string> = {}) =>
  call('GET', '/api/me', { headers: { cookie, ...headers } })
const rowOf = (cookie: string) =>
  web.db
    .selectFrom('sessions')
    .selectAll()
    .where('cookieHash', '=', hashToken(cookie.split('=')[1] ?? ''))
    .executeTakeFirstOrThrow()
const move = (id: string, changes: { createdDaysAgo?: number; endsInDays?: number }) =>
  web.db
    .updateTable('sessions')
    .set({
      ...(changes.createdDaysAgo !== undefined && {
        createdAt: sql<Date>`now() - make_interval(days => ${changes.createdDaysAgo})`,
      }),
      ...(changes.endsInDays !== undefined && {
        expiresAt: sql<Date>`now() + make_interval(days => ${changes.endsInDays})`,
      }),
    })
    .where('id', '=', id)
    .execute()
const daysLeft = ({ expiresAt }: { expiresAt: Date }) => (Number(expiresAt) - Date.now()) / 86_400_000

describe('a log-in by a browser', () => {
  test('says who it is, and gives a cookie that no script, no other site and no plain connection gets', async () => {
    const answer = await logIn(ana.email)
    const cookie = cookieIn(answer)
    const { user, expiresAt } = sessionSchema.parse(JSON.parse(answer.text))
    assert.deepEqual([user.username, user.email], [ana.username, ana.email])
    assert.equal((await rowOf(cookie)).expiresAt.toISOString(), expiresAt)
    const attributes = (answer.headers.get('set-cookie') ?? '').split('; ').slice(1)
    assert.deepEqual(attributes.filter((attribute) => !attribute.startsWith('Expires=')).toSorted(), [
      'HttpOnly',
      'Max-Age=7776000',
      'Path=/',
      'SameSite=Strict',
      'Secure',
    ])
    assert.match(cookie, /^__Host-session=[\w-]{43}$/)
    const found = await me(cookie)
    assert.equal(JSON.parse(found.text).id, user.id)
    assert.equal(found.headers.get('www-authenticate'), null)
  })

  test('is kept as a hash only', async () => {
    const token = cookieIn(await logIn(ana.email)).split('=')[1] ?? ''
    const { rows } = await sql<{ row: string }>`select sessions::text as row from sessions`.execute(web.db)
    assert.ok(rows.length > 0 && rows.every(({ row }) => !row.includes(token)))
    assert.ok(!web.logged().includes(token))
  })

  test('gets a new cookie each time, and ends the session that this browser had, but no other', async () => {
    const [first, elsewhere] = [cookieIn(await logIn(ana.email)), cookieIn(await logIn(ana.email))]
    const second = cookieIn(await logIn(ana.email, { ...FROM_OUR_PAGE, cookie: first }))
    assert.notEqual(first, second)
    assertProblem(await me(first), 'session_ended')
    for (const cookie of [second, elsewhere]) assert.equal((await me(cookie)).status, 200)
  })

  test('with a wrong password is refused like one by a program, gives no cookie, and ends nothing', async () => {
    const before = cookieIn(await logIn(ana.email))
    const answer = await call('POST', '/api/session', {
      json: { email: ana.email, password: 'wrong' },
      headers: { ...FROM_OUR_PAGE, cookie: before },
    })
    assertProblem(answer, 'invalid_credentials')
    assert.equal(answer.headers.get('set-cookie'), null)
    assert.equal((await me(before)).status, 200)
    assertInvalid(await call('POST', '/api/session', { json: { email: '' }, headers: FROM_OUR_PAGE }), [
      '/email',
      '/password',
    ])
  })

  test('takes from the allowance that a log-in by a program takes from', async () => {
    const ben = await signUp(call)
    const wrong = { email: ben.email, password: 'wrong' }
    for (let tries = 0; tries < 5; tries += 1) {
      assertProblem(await call('POST', '/api/auth/login', { json: wrong }), 'invalid_credentials')
      assertProblem(await call('POST', '/api/session', { json: wrong, headers: FROM_OUR_PAGE }), 'invalid_credentials')
    }
    for (const path of ['/api/auth/login', '/api/session']) {
      const answer = await call('POST', path, { json: { ...wrong, password: PASSWORD }, headers: FROM_OUR_PAGE })
      assertProblem(answer, 'rate_limited')
      assert.ok(Number(answer.headers.get('retry-after')) > 0)
    }
  })
})

describe('a request with the cookie', () => {
  test("reaches what is the user's own, and nobody else's", async () => {
    const ben = await signUp(call)
    const [hers, his] = [cookieIn(await logIn(ana.email)), cookieIn(await logIn(ben.email))]
    const { id } = await newTask(web.db, (await rowOf(hers)).userId)
    assert.equal((await call('GET', `/api/tasks/${id}`, { headers: { cookie: hers } })).status, 200)
    for (const method of ['GET', 'DELETE']) {
      const answer = await call(method, `/api/tasks/${id}`, { headers: { cookie: his, ...FROM_OUR_PAGE } })
      assertProblem(answer, 'task_not_found')
    }
  })

  test('is refused with a cookie that was made up, changed or emptied', async () => {
    const cookie = cookieIn(await logIn(ana.email))
    for (const bad of [`__Host-session=${randomBytes(32).toString('base64url')}`, `${cookie}A`, '__Host-session=%00']) {
      const answer = await me(bad)
      assertProblem(answer, 'session_ended')
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    }
    for (const none of ['', '__Host-session=', `session=${cookie.split('=')[1]}`, 'a=b; c']) {
      assertProblem(await me(none), 'unauthenticated')
    }
    assert.equal((await me(`a=b; ${cookie}; c`)).status, 200)
  })

  test('counts as what its Authorization header says, whatever that is', async () => {
    const cookie = cookieIn(await logIn(ana.email))
    const ben = await web.newAccount()
    const both = await call('GET', '/api/tasks', { token: ben.token, headers: { cookie } })
    assert.equal(both.status, 200)
    const { id } = await newTask(web.db, ben.userId)
    const deleted = await call('DELETE', `/api/tasks/${id}`, {
      token: ben.token,
      headers: { cookie, 'sec-fetch-site': 'cross-site' },
    })
    assert.equal(deleted.status, 204)
    assertProblem(await me(cookie, { authorization: 'Bearer bad' }), 'invalid_access_token')
    assertProblem(await me(cookie, { authorization: 'Basic YTpi' }), 'unauthenticated')
  })
})

describe('a session of a browser', () => {
  test('ends at once by its log-out, which takes the cookie away; a second log-out changes nothing', async () => {
    const [cookie, other] = [cookieIn(await logIn(ana.email)), cookieIn(await logIn(ana.email))]
    for (let times = 0; times < 2; times += 1) {
      const answer = await call('DELETE', '/api/session', { headers: { cookie, ...FROM_OUR_PAGE } })
      assert.equal(answer.status, 204, answer.text)
      assert.match(answer.headers.get('set-cookie') ?? '', /^__Host-session=;.*Expires=Thu, 01 Jan 1970/)
      assertProblem(await me(cookie), 'session_ended')
    }
    assert.equal((await me(other)).status, 200)
    assert.equal((await call('DELETE', '/api/session', { headers: FROM_OUR_PAGE })).status, 204)
  })

  test('ends when it is revoked, and when it was not used for two weeks', async () => {
    const [revoked, idle] = [cookieIn(await logIn(ana.email)), cookieIn(await logIn(ana.email))]
    await web.db
      .updateTable('sessions')
      .set({ revokedAt: sql<Date>`now()` })
      .where('id', '=', (await rowOf(revoked)).id)
      .execute()
    const row = await rowOf(idle)
    assert.ok(Math.abs(daysLeft(row) - 14) < 0.1)
    await move(row.id, { endsInDays: -0 })
    for (const cookie of [revoked, idle]) assertProblem(await me(cookie), 'session_ended')
  })

  test('lasts for as long as it is used, but no longer than ninety days', async () => {
    const cookie = cookieIn(await logIn(ana.email))
    const { id } = await rowOf(cookie)
    await move(id, { endsInDays: 3, createdDaysAgo: 11 })
    assert.equal((await me(cookie)).status, 200)
    assert.ok(Math.abs(daysLeft(await rowOf(cookie)) - 14) < 0.1)
    await move(id, { endsInDays: 3, createdDaysAgo: 85 })
    assert.equal((await me(cookie)).status, 200)
    assert.ok(Math.abs(daysLeft(await rowOf(cookie)) - 5) < 0.1)
  })

  test('is not written anew by every request', async () => {
    const cookie = cookieIn(await logIn(ana.email))
    const before = await rowOf(cookie)
    await me(cookie)
    assert.deepEqual(await rowOf(cookie), before)
  })
})
