import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { after, describe, test } from 'node:test'
import { createCertsServer, PEM_CERTS_PATH } from '@reelway/local/pubsub/certs-server.ts'
import { identityToken } from '@reelway/local/pubsub/oidc-token.ts'
import { makePushVerifier, type PushAuth } from '@reelway/shared/message/push-auth.ts'

const newKey = (kid: string) => ({
  kid,
  privateKeyPem: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
})
const key = newKey('current')
const audience = 'https://batch.example.com'
const email = 'push@example.iam.gserviceaccount.com'

const certs = createCertsServer(key).listen(0, '127.0.0.1')
await once(certs, 'listening')
const address = certs.address()
if (address === null || typeof address === 'string') throw new Error('the certificates have no port')
const certsUrl = `http://127.0.0.1:${address.port}${PEM_CERTS_PATH}`
after(() => {
  certs.closeAllConnections()
  certs.close()
})

const verifierOf = (fields: Partial<PushAuth> = {}) =>
  makePushVerifier({ audience, emails: [email], check: 'signature', certsUrl, ...fields })

const claims = { iss: 'https://accounts.google.com', aud: audience, email, email_verified: true }
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

/** A token as Cloud Run passes it on: verified, and its signature removed. */
const passedOn = (fields: object = {}) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const payload = { ...claims, exp: inAnHour(), ...fields }
  return `Bearer ${part({ alg: 'RS256', kid: 'current', typ: 'JWT' })}.${part(payload)}.SIGNATURE_REMOVED_BY_GOOGLE`
}

describe('a push whose signature is checked here', () => {
  const verify = verifierOf()

  test('is authentic with a token of Google for our audience and account', async () => {
    const token = identityToken(key, { audience, email })
    for (const scheme of ['Bearer', 'bearer']) {
      assert.deepEqual(await verify(`${scheme} ${token}`), { kind: 'authentic', email })
    }
  })

  const refused: [title: string, authorization: string | undefined][] = [
    ['no header', undefined],
    ['another scheme', 'Basic YTpi'],
    ['no token', 'Bearer '],
    ['what is no token', 'Bearer token'],
    ['a token for another audience', `Bearer ${identityToken(key, { audience: 'other', email })}`],
    ['a token of another account', `Bearer ${identityToken(key, { audience, email: 'thief@example.com' })}`],
    ['a token of another key under the same id', `Bearer ${identityToken(newKey('current'), { audience, email })}`],
    ['a token of an unknown key', `Bearer ${identityToken(newKey('unknown'), { audience, email })}`],
    ['a token without its signature', passedOn()],
  ]
  for (const [title, authorization] of refused) {
    test(`is refused with ${title}, and the reason does not quote it`, async () => {
      const verdict = await verify(authorization)
      assert.equal(verdict.kind, 'refused')
      if (verdict.kind !== 'refused') return
      assert.match(verdict.reason, /^the(re)? /)
      assert.doesNotMatch(verdict.reason, /eyJ/)
    })
  }

  test('is neither authentic nor refused while the keys cannot be had', async () => {
    const unreachable = verifierOf({ certsUrl: 'http://127.0.0.1:9/certs' })
    await assert.rejects(unreachable(`Bearer ${identityToken(key, { audience, email })}`))
  })
})

describe('a push that Cloud Run has checked', () => {
  const verify = verifierOf({ check: 'cloud-run', certsUrl: undefined })

  test('is authentic by its claims', async () => {
    assert.deepEqual(await verify(passedOn()), { kind: 'authentic', email })
    assert.equal((await verify(passedOn({ iss: 'accounts.google.com' }))).kind, 'authentic')
  })

  for (const [title, fields] of [
    ['another audience', { aud: 'other' }],
    ['a list of audiences', { aud: [audience] }],
    ['another account', { email: 'thief@example.com' }],
    ['an address that is not verified', { email_verified: false }],
    ['an address that is verified by a text', { email_verified: 'true' }],
    ['another issuer', { iss: 'https://accounts.google.com.evil.com' }],
    ['an end in the past', { exp: Math.floor(Date.now() / 1000) - 1 }],
    ['no end', { exp: undefined }],
  ] as const) {
    test(`is refused with ${title}`, async () => {
      assert.equal((await verify(passedOn(fields))).kind, 'refused')
    })
  }

  test('is refused when its claims are no JSON', async () => {
    for (const token of ['a.b.c', 'a', '..', 'a.bnVsbA.c'])
      assert.equal((await verify(`Bearer ${token}`)).kind, 'refused')
  })
})
