import { createPrivateKey, createPublicKey } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { SigningKey } from './oidc-token.ts'

/** Path of the JWK set, as at Google's www.googleapis.com. */
export const JWK_CERTS_PATH = '/oauth2/v3/certs'

/** Path of the same key as PEM by key id: what google-auth-library fetches when it runs on Node. */
export const PEM_CERTS_PATH = '/oauth2/v1/certs'

/**
 * An HTTP server, not yet listening, that serves the public half of the signing key in Google's two forms.
 * One difference: Google's PEM is an X.509 certificate, this one is a bare public key; node:crypto verifies with either.
 */
export const createCertsServer = (key: SigningKey): Server => {
  const publicKey = createPublicKey(createPrivateKey(key.privateKeyPem))
  const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: key.kid }
  const answers = new Map([
    [JWK_CERTS_PATH, JSON.stringify({ keys: [jwk] })],
    [PEM_CERTS_PATH, JSON.stringify({ [key.kid]: publicKey.export({ format: 'pem', type: 'spki' }) })],
  ])
  return createServer((request, response) => {
    const body = answers.get(new URL(request.url ?? '/', 'http://certs').pathname)
    if (body === undefined || request.method !== 'GET') {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'public, max-age=3600' }).end(body)
  })
}
