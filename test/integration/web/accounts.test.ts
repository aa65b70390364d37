import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { isPassword } from '@reelway/web/accounts/passwords.ts'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Answer, assertInvalid, assertProblem, callerOf } from '../../support/call.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)

const PASSWORD = 'correct horse'

const newPerson = async () => {
  const username = `Ana${randomUUID().slice(0, 8)}`
  const email = `${username}@example.com`
  const answer = await call('POST', '/api/auth/signup', { json: { username, email, password: PASSWORD } })
  assert.equal(answer.status, 201, answer.text)
  return { username, email, signUp: JSON.parse(answer.text) }
}

const logIn = (email: string, password = PASSWORD) => call('POST', '/api/auth/login', { json: { email, password } })
const refresh = (refreshToken: string) => call('POST', '/api/auth/refresh', { json: { refreshToken } })

const tokens = z.strictObject({
  accessToken: z.jwt(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.literal(900),
  refreshToken: z.string().min(40),
})
const tokensIn = (answer: Answer) => {
  assert.equal(answer.status, 200, answer.text)
  return tokens.parse(JSON.parse(answer.text))
}

describe('sign-up', () => {
  test('answers with the account, without any trace of the password', async () => {
    const { username, email, signUp } = await newPerson()
    assert.deepEqual(Object.keys(signUp).sort(), ['email', 'id', 'username'])
    assert.deepEqual([signUp.username, signUp.email], [username, email])
    const { passwordHash } = await web.db
      .selectFrom('users')
      .select('passwordHash')
      .where('id', '=', signUp.id)
      .executeTakeFirstOrThrow()
    assert.match(passwordHash, /^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/)
  })

  test('refuses a name and an address that are taken, in any case', async () => {
    const { username, email } = await newPerson()
    const again = (json: object) => call('POST', '/api/auth/signup', { json: { password: PASSWORD, ...json } })
    const otherEmail = `${randomUUID()}@example.com`
    assertProblem(await again({ username: username.toUpperCase(), email: otherEmail }), 'username_taken')
    assertProblem(await again({ username: 'somebody.else', email: email.toUpperCase() }), 'email_taken')
  })

  const valid = { username: 'ben', email: 'ben@example.com', password: PASSWORD }
  const wrong: [title: string, fields: object, pointers: string[]][] = [
    ['a short password', { password: '1234567' }, ['/password']],
    ['a password of 257 characters', { password: 'x'.repeat(257) }, ['/password']],
    ['an address without a domain', { email: 'ben@' }, ['/email']],
    ['an address of 255 characters', { email: `${'x'.repeat(243)}@example.com` }, ['/email']],
    ['a name of two letters', { username: 'be' }, ['/username']],
    ['a name with an @, which would pass for an address', { username: 'ben@example.com' }, ['/username']],
    ['a name with a line break', { username: 'ben\n' }, ['/username']],
    ['a field that is not known', { admin: true }, ['/admin']],
    ['numbers in place of texts', { username: 1, email: 2, password: 3 }, ['/username', '/email', '/password']],
  ]
  for (const [title, fields, pointers] of wrong) {
    test(`refuses ${title}`, async () => {
      assertInvalid(await call('POST', '/api/auth/signup', { json: { ...valid, ...fields } }), pointers)
    })
  }
})

describe('log-in', () => {
  test('takes the address or the name, in any case, and the token says who it is', async () => {
    const { username, email, signUp } = await newPerson()
    for (const login of [email, email.toUpperCase(), username, username.toLowerCase()]) {
      const { accessToken } = tokensIn(await logIn(login))
      const me = await call('GET', '/api/me', { token: accessToken })
      assert.deepEqual(JSON.parse(me.text), signUp)
    }
  })

  test('answers a wrong password and an unknown user with the same words', async () => {
    const { email } = await newPerson()
    const wrong = assertProblem(await logIn(email, 'wrong horse'), 'invalid_credentials')
    const unknown = assertProblem(await logIn(`${randomUUID()}@example.com`), 'invalid_credentials')
    assert.deepEqual({ ...wrong, requestId: '' }, { ...unknown, requestId: '' })
  })

  test('costs as much for an unknown user as for a known one', async () => {
    const { email } = await newPerson()
    const { passwordHash } = await web.db
      .selectFrom('users')
      .select('passwordHash')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    await isPassword('warm up', undefined)
    const measure = async (hash: string | undefined) => {
      const start = performance.now()
      assert.equal(await isPassword('wrong horse', hash), false)
      return performance.now() - start
    }
    // In turns, and the least of each: what else the machine does only adds to it.
    const millis: { known: number; unknown: number }[] = []
    for (let round = 0; round < 7; round += 1) {
      millis.push({ known: await measure(passwordHash), unknown: await measure(undefined) })
    }
    const known = Math.min(...millis.map((of) => of.known))
    const unknown = Math.min(...millis.map((of) => of.unknown))
    assert.ok(unknown > known / 3 && unknown < known * 3, `${known} ms known, ${unknown} ms unknown`)
  })

  test('never succeeds for an unknown user, not even with the password of the stand-in', async () => {
    assert.equal(await isPassword('nobody has this password', undefined), false)
  })

  test('is refused after ten wrong passwords, also with the right one and by the other name, while another account goes on', async () => {
    const [{ email, username }, other] = [await newPerson(), await newPerson()]
    for (let attempt = 0; attempt < 10; attempt += 1) {
      assertProblem(await logIn(email, 'wrong horse'), 'invalid_credentials')
    }
    const refused = await logIn(email.toUpperCase())
    const { detail } = assertProblem(refused, 'rate_limited')
    const seconds = Number(refused.headers.get('retry-after'))
    assert.ok(seconds > 0 && seconds <= 30, String(seconds))
    assert.ok(detail.includes(`${seconds} s`))
    tokensIn(await logIn(other.email))
    assertProblem(await logIn(username), 'rate_limited')
  })

  test('says what is left of the allowance of its address, and of that of an account only when nothing is', async () => {
    const { email, signUp } = await newPerson()
    const first = await logIn(email, 'wrong horse')
    assert.equal(first.headers.get('ratelimit-policy'), '"login-address";q=100;w=300, "login-account";q=10;w=300')
    assert.match(first.headers.get('ratelimit') ?? '', /^"login-address";r=\d+;t=[1-3]$/)
    await web.db
      .updateTable('rateLimits')
      .set({ arrivalAt: sql<Date>`now() + interval '300 s'` })
      .where('key', '=', `login:account:${signUp.id}`)
      .execute()
    const refused = await logIn(email)
    const seconds = refused.headers.get('retry-after')
    assert.match(
      refused.headers.get('ratelimit') ?? '',
      new RegExp(`^"login-address";r=\\d+;t=[1-3], "login-account";r=0;t=${seconds}$`),
    )
  })

  test('gives the allowance back when it succeeds', async () => {
    const { email } = await newPerson()
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 6; attempt += 1) await logIn(email, 'wrong horse')
      tokensIn(await logIn(email))
    }
  })

  test('with characters that no name has is refused as any wrong name', async () => {
    for (const login of ['\ud800', "' or 1=1 --", '%00', '🎬']) {
      assertProblem(await logIn(login), 'invalid_credentials')
    }
  })

  test('with control characters, which the database cannot hold, is not valid', async () => {
    assertInvalid(await logIn('a\u0000b'), ['/email'])
  })

  test('is logged without the password and without tokens', async () => {
    const { email } = await newPerson()
    const { accessToken, refreshToken } = tokensIn(await logIn(email))
    assert.match(web.logged(), /logged in/)
    for (const secret of [PASSWORD, accessToken, refreshToken, email]) assert.ok(!web.logged().includes(secret))
  })
})

describe('a refresh token', () => {
  test('is traded for a new pair, once; a second use ends the session', async () => {
    const first = tokensIn(await logIn((await newPerson()).email))
    const second = tokensIn(await refresh(first.refreshToken))
    assert.notEqual(second.refreshToken, first.refreshToken)
    assertProblem(await refresh(first.refreshToken), 'invalid_refresh_token')
    assertProblem(await refresh(second.refreshToken), 'invalid_refresh_token')
  })

  test('is stored as a hash only', async () => {
    const { refreshToken } = tokensIn(await logIn((await newPerson()).email))
    const rows = await web.db.selectFrom('refreshTokens').select('tokenHash').execute()
    assert.ok(rows.every(({ tokenHash }) => tokenHash.length === 32 && !tokenHash.toString().includes(refreshToken)))
  })

  test('works no more after the log-out, which always succeeds', async () => {
    const { refreshToken } = tokensIn(await logIn((await newPerson()).email))
    for (let round = 0; round < 2; round += 1) {
      const answer = await call('POST', '/api/auth/logout', { json: { refreshToken } })
      assert.deepEqual([answer.status, answer.text], [204, ''])
    }
    assertProblem(await refresh(refreshToken), 'invalid_refresh_token')
    assert.equal((await call('POST', '/api/auth/logout', { json: { refreshToken: 'unknown' } })).status, 204)
  })

  test('must be given, and nothing else', async () => {
    for (const path of ['/api/auth/refresh', '/api/auth/logout']) {
      assertInvalid(await call('POST', path, { json: {} }), ['/refreshToken'])
      assertInvalid(await call('POST', path, { json: { refreshToken: 'x', all: true } }), ['/all'])
    }
  })
})
