import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { signingKeys } from '@reelway/web/accounts/token-answer.ts'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { assertProblem, callerOf } from '../../support/call.ts'
import { startTestWeb } from '../../support/web.ts'

const previousSecret = randomBytes(32)
const web = await startTestWeb({ variables: { JWT_KEY_PREVIOUS: `before:${previousSecret.toString('base64')}` } })
const call = callerOf(web.url)
const { userId, token } = await web.newAccount()
const { kid, secret } = signingKeys(web.deps.config).current
const { sid } = z.object({ sid: z.uuid() }).parse(jwt.decode(token))

/** A token that differs from a good one in what is given. */
const forged = (options: jwt.SignOptions & { secret?: Buffer | string } = {}): string => {
  const { secret: key = secret, ...rest } = options
  return jwt.sign({ sid }, key, {
    algorithm: 'HS256',
    keyid: kid,
    subject: userId,
    issuer: 'reelway',
    audience: 'reelway-api',
    expiresIn: 900,
    ...rest,
  })
}

const encode = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const goodClaims = { sub: userId, sid, iss: 'reelway', aud: 'reelway-api', exp: Math.floor(Date.now() / 1000) + 900 }

const me = (accessToken: string) => call('GET', '/api/me', { token: accessToken })

test('a token like ours is accepted, so that what follows is refused for its one difference', async () => {
  for (const good of [token, forged()]) assert.equal((await me(good)).status, 200)
})

test('a token of the previous key is accepted', async () => {
  assert.equal((await me(forged({ keyid: 'before', secret: previousSecret }))).status, 200)
})

const refused: [title: string, token: string][] = [
  ['without a signature', `${encode({ alg: 'none', typ: 'JWT', kid })}.${encode(goodClaims)}.`],
  [
    'that claims alg none but is signed',
    `${encode({ alg: 'none', kid })}.${encode(goodClaims)}.${token.split('.')[2]}`,
  ],
  ['of another key', forged({ secret: randomBytes(32) })],
  ['of the previous key under the id of the current one', forged({ secret: previousSecret })],
  ['of an unknown key', forged({ keyid: 'unknown' })],
  ['of another algorithm', forged({ algorithm: 'HS512' })],
  ['of another issuer', forged({ issuer: 'somebody' })],
  ['for another audience', forged({ audience: 'another-api' })],
  ['that has expired', forged({ expiresIn: -1 })],
  ['that is not valid yet', forged({ notBefore: 60 })],
  ['whose subject is no user id', forged({ subject: 'admin' })],
  ['whose claims were changed', token.replace(/\.[^.]+\./, `.${encode({ ...goodClaims, sub: randomUUID() })}.`)],
  ['whose claims are no JSON', `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${encode('no json')}.AAAA`],
  ['whose header is no JSON', `${encode('no json')}.${encode(goodClaims)}.AAAA`],
  ['whose header is null', `${encode('null')}.${encode(goodClaims)}.AAAA`],
  ['that is no token', 'token'],
]

describe('a token', () => {
  for (const [title, bad] of refused) {
    test(`${title} is refused`, async () => {
      const answer = await me(bad)
      assertProblem(answer, 'invalid_access_token')
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer error="invalid_token"')
    })
  }

  test('without a key id is refused', async () => {
    assertProblem(await me(jwt.sign(goodClaims, secret, { algorithm: 'HS256' })), 'invalid_access_token')
  })

  test('of a user who does not exist any more is refused', async () => {
    assertProblem(await me(forged({ subject: randomUUID() })), 'invalid_access_token')
  })
})

test('every route of tasks and accounts needs a token, before it says anything else', async () => {
  const id = randomUUID()
  for (const [method, path] of [
    ['GET', '/api/me'],
    ['GET', '/api/tasks'],
    ['POST', '/api/tasks'],
    ['GET', `/api/tasks/${id}`],
    ['DELETE', `/api/tasks/${id}`],
    ['POST', `/api/tasks/${id}/upload-url`],
    ['POST', `/api/tasks/${id}/uploaded`],
    ['POST', `/api/tasks/${id}/cancel`],
    ['POST', `/api/tasks/${id}/retry`],
  ] as const) {
    for (const headers of [
      {},
      { authorization: 'Basic YTpi' },
      { authorization: 'Bearer' },
      { authorization: token },
    ]) {
      const answer = await call(method, path, { headers })
      assertProblem(answer, 'unauthenticated')
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    }
  }
})
