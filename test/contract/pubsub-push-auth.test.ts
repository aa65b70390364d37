import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { OAuth2Client } from 'google-auth-library'
import { startPubSubServer } from '../../infra/local/pubsub/server.ts'
import { freshId, newTopic } from './pubsub-clients.ts'
import { type LocalPubSub, newPrivateKeyPem, SIGNING_KEY, startLocalPubSub } from './pubsub-local-server.ts'
import { startPushEndpoint } from './pubsub-push-endpoint.ts'

const EMAIL = 'push@reelway-local.iam.gserviceaccount.com'
const AUDIENCE = 'https://batch.reelway.test'

let local: LocalPubSub
let verifier: OAuth2Client
before(async () => {
  local = await startLocalPubSub()
  verifier = new OAuth2Client({
    endpoints: {
      oauth2FederatedSignonJwkCertsUrl: local.server.certsUrl,
      oauth2FederatedSignonPemCertsUrl: local.server.pemCertsUrl,
    },
  })
})
after(() => local.close())

/** The bearer token of a push to a subscription with that oidcToken configuration, and where it was pushed to. */
const pushedToken = async (oidcToken: { serviceAccountEmail: string; audience?: string }) => {
  await using endpoint = { ...(await startPushEndpoint()), [Symbol.asyncDispose]: () => endpoint.close() }
  const topic = await newTopic(local.clients)
  await topic.createSubscription(freshId('sub'), { pushConfig: { pushEndpoint: `${endpoint.url}/push`, oidcToken } })
  await topic.publishMessage({ data: Buffer.from('x') })
  const [push] = await endpoint.received(1)
  await local.server.idle()
  return { token: push?.headers.authorization?.replace(/^Bearer /, '') ?? '', pushEndpoint: `${endpoint.url}/push` }
}

test("google-auth-library verifies the token of a push and finds Google's claims in it", async () => {
  const { token } = await pushedToken({ serviceAccountEmail: EMAIL, audience: AUDIENCE })
  const ticket = await verifier.verifyIdToken({ idToken: token, audience: AUDIENCE })
  const { iss, aud, azp, sub, email, email_verified, iat, exp } = ticket.getPayload() ?? {}
  assert.equal(iss, 'https://accounts.google.com')
  assert.equal(aud, AUDIENCE)
  assert.equal(email, EMAIL)
  assert.equal(email_verified, true)
  assert.match(sub ?? '', /^\d{21}$/)
  assert.equal(azp, sub)
  assert.equal((exp ?? 0) - (iat ?? 0), 3600)
  const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
  assert.deepEqual(header, { alg: 'RS256', typ: 'JWT', kid: SIGNING_KEY.kid })
})

test('without a configured audience the push endpoint is the audience', async () => {
  const { token, pushEndpoint } = await pushedToken({ serviceAccountEmail: EMAIL })
  const ticket = await verifier.verifyIdToken({ idToken: token, audience: pushEndpoint })
  assert.equal(ticket.getPayload()?.aud, pushEndpoint)
})

test('a token for another audience is refused', async () => {
  const { token } = await pushedToken({ serviceAccountEmail: EMAIL, audience: AUDIENCE })
  await assert.rejects(
    verifier.verifyIdToken({ idToken: token, audience: 'https://other.reelway.test' }),
    /Wrong recipient/,
  )
})

test('a token of another key is refused, whether its id is unknown or borrowed', async () => {
  const privateKeyPem = newPrivateKeyPem()
  for (const [kid, reason] of [
    ['unknown', /No pem found/],
    [SIGNING_KEY.kid, /Invalid token signature/],
  ] as const) {
    const directory = `${local.directory}/${freshId('other')}`
    const other = await startPubSubServer({ directory, signingKey: { kid, privateKeyPem } })
    const idToken = other.identityToken({ audience: AUDIENCE, email: EMAIL })
    await other.close()
    await assert.rejects(verifier.verifyIdToken({ idToken, audience: AUDIENCE }), reason)
  }
})

test('the key is served as a JWK set and as PEM, both cacheable', async () => {
  const jwk = await fetch(local.server.certsUrl)
  const { keys } = (await jwk.json()) as { keys: { kid: string; kty: string; alg: string; d?: string }[] }
  assert.deepEqual(
    keys.map(({ kid, kty, alg, d }) => ({ kid, kty, alg, d })),
    [{ kid: SIGNING_KEY.kid, kty: 'RSA', alg: 'RS256', d: undefined }],
  )
  const pem = await fetch(local.server.pemCertsUrl)
  assert.match(((await pem.json()) as Record<string, string>)[SIGNING_KEY.kid] ?? '', /^-----BEGIN PUBLIC KEY/)
  for (const response of [jwk, pem]) assert.match(response.headers.get('cache-control') ?? '', /max-age=\d+/)
})

test('a token request without a service account is refused', async () => {
  const topic = await newTopic(local.clients)
  const pushConfig = { pushEndpoint: 'http://127.0.0.1:1/', oidcToken: { audience: AUDIENCE } }
  await assert.rejects(topic.createSubscription(freshId('sub'), { pushConfig }), { code: 3 })
})
