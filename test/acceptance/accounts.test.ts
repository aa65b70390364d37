import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { z } from 'zod'
import { Client } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { assertRefused } from './assert-refused.ts'
import { usePlace } from './place.ts'

const tokens = z.object({ accessToken: z.string(), refreshToken: z.string() })

describe('accounts', () => {
  const place = usePlace()
  let ana: Client
  let ben: Client
  before(async () => {
    ana = await Client.signUp(place.baseUrl)
    ben = await Client.signUp(place.baseUrl)
  })

  test("nobody reaches another user's task, in any way", async () => {
    const { task } = await ana.createTask(await makeVideo('two-tenths'))
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/uploaded'],
      ['POST', '/upload-url'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
    ] as const) {
      await assertRefused(ben.call(method, `/api/tasks/${task.id}${path}`), { code: 'task_not_found', status: 404 })
    }
    const list = z.object({ data: z.array(z.unknown()) }).parse((await ben.expect(200, 'GET', '/api/tasks')).body)
    assert.deepEqual(list.data, [])
    assert.equal((await ana.task(task.id)).status, 'awaiting_upload')
  })

  test('nothing is answered without a log-in', async () => {
    const stranger = new Client(place.baseUrl, ana.account)
    for (const [method, path] of [
      ['GET', '/api/me'],
      ['GET', '/api/tasks'],
      ['POST', '/api/tasks'],
    ] as const) {
      await assertRefused(stranger.call(method, path), { code: 'unauthenticated', status: 401 })
    }
    stranger.accessToken = `${ana.accessToken.slice(0, -4)}AAAA`
    await assertRefused(stranger.call('GET', '/api/me'), { code: 'invalid_access_token', status: 401 })
  })

  test('one logs in with the e-mail address or the user name, and with the right password alone', async () => {
    await ana.logIn(ana.account.username)
    const { username, email } = ana.account
    const me = z
      .object({ username: z.string(), email: z.string() })
      .parse((await ana.expect(200, 'GET', '/api/me')).body)
    assert.deepEqual(me, { username, email })
    for (const credentials of [
      { email, password: 'wrong-password' },
      { email: 'nobody@example.com', password: ana.account.password },
    ]) {
      await assertRefused(ana.call('POST', '/api/auth/login', credentials), {
        code: 'invalid_credentials',
        status: 401,
      })
    }
  })

  test('a name or an address is taken once', async () => {
    const { username, email } = ana.account
    const fresh = { username: `${username}-2`, email: `2-${email}`, password: 'long enough' }
    await assertRefused(ana.call('POST', '/api/auth/signup', { ...fresh, username }), {
      code: 'username_taken',
      status: 409,
    })
    await assertRefused(ana.call('POST', '/api/auth/signup', { ...fresh, email: email.toUpperCase() }), {
      code: 'email_taken',
      status: 409,
    })
  })

  test('a refresh token is used once; its second use ends the whole log-in', async () => {
    await ben.logIn()
    const { refreshToken } = ben
    const renewed = tokens.parse((await ben.expect(200, 'POST', '/api/auth/refresh', { refreshToken })).body)
    const refused = { code: 'invalid_refresh_token', status: 401 }
    await assertRefused(ben.call('POST', '/api/auth/refresh', { refreshToken }), refused)
    await assertRefused(ben.call('POST', '/api/auth/refresh', { refreshToken: renewed.refreshToken }), refused)
  })

  test('after a log-out the refresh token is worth nothing', async () => {
    await ben.logIn()
    const { refreshToken } = ben
    const { status } = await ben.call('POST', '/api/auth/logout', { refreshToken })
    assert.ok(status < 300, `log-out was answered ${status}`)
    await assertRefused(ben.call('POST', '/api/auth/refresh', { refreshToken }), {
      code: 'invalid_refresh_token',
      status: 401,
    })
  })
})
