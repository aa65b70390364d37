import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { PUSH_AUDIENCE, PUSH_SERVICE_ACCOUNT, SCHEDULER_SERVICE_ACCOUNT } from '@reelway/local/cloud-resources.ts'
import type { SigningKey } from '@reelway/local/pubsub/oidc-token.ts'
import jwt from 'jsonwebtoken'
import type { Endpoint } from './endpoints.ts'
import { jwtByHand, jwtPart } from './jwt-by-hand.ts'

export type BadPush = {
  title: string
  /** the whole Authorization header; undefined: none is sent */
  authorization: string | undefined
  status: 401 | 403
}

/** Every way in which the token of a push, or of the scheduler's call, can be wrong at an endpoint of batch. */
export const badPushTokens = (key: SigningKey, { caller }: Pick<Endpoint, 'caller'>): BadPush[] => {
  const email = caller === 'scheduler' ? SCHEDULER_SERVICE_ACCOUNT : PUSH_SERVICE_ACCOUNT
  const nowSeconds = Math.floor(Date.now() / 1000)
  const claims = {
    ...{ iss: 'https://accounts.google.com', aud: PUSH_AUDIENCE, azp: '1', sub: '1', email, email_verified: true },
    ...{ iat: nowSeconds, exp: nowSeconds + 3600 },
  }
  const signed = (changes: object, options: jwt.SignOptions = {}, secret: jwt.Secret = key.privateKeyPem): string =>
    jwt.sign({ ...claims, ...changes }, secret, { algorithm: 'RS256', keyid: key.kid, ...options })
  const publicPem = createPublicKey(key.privateKeyPem).export({ type: 'spki', format: 'pem' }).toString()
  const [head = '', body = '', signature = ''] = signed({}).split('.')
  const tokens: Record<string, string> = {
    'of a foreign account': signed({ email: 'push@elsewhere.iam.gserviceaccount.com' }),
    'of the account of the other caller': signed({
      email: caller === 'scheduler' ? PUSH_SERVICE_ACCOUNT : SCHEDULER_SERVICE_ACCOUNT,
    }),
    'of an address that is not verified': signed({ email_verified: false }),
    'for another audience': signed({ aud: 'https://elsewhere.example' }),
    'for two audiences': signed({ aud: [PUSH_AUDIENCE, 'https://elsewhere.example'] }),
    'of another issuer': signed({ iss: 'https://accounts.google.com.evil.example' }),
    // The library forgives five minutes of difference between two clocks.
    'that expired ten minutes ago': signed({ iat: nowSeconds - 4200, exp: nowSeconds - 600 }),
    'that is for tomorrow': signed({ iat: nowSeconds + 86_400, exp: nowSeconds + 90_000 }),
    'that would live for a year': signed({ exp: nowSeconds + 365 * 86_400 }),
    'of another key under the same id': signed({}, {}, anotherKey),
    'of a key that is unknown': signed({}, { keyid: 'unknown' }, anotherKey),
    'signed with the public key as a secret': jwtByHand({ alg: 'HS256', typ: 'JWT', kid: key.kid }, claims, publicPem),
    'of the algorithm none': `${jwtPart({ alg: 'none', typ: 'JWT', kid: key.kid })}.${body}.`,
    'without its signature': `${head}.${body}.`,
    'with the mark that Cloud Run leaves': `${head}.${body}.SIGNATURE_REMOVED_BY_GOOGLE`,
    'whose claims were changed': `${head}.${jwtPart({ ...claims, exp: claims.exp + 1 })}.${signature}`,
  }
  return [
    { title: 'no token', authorization: undefined, status: 401 },
    { title: 'a user name and a password', authorization: 'Basic cHVzaDpwdXNo', status: 403 },
    ...Object.entries(tokens).map(([title, token]) => ({
      title: `a token ${title}`,
      authorization: `Bearer ${token}`,
      status: 403 as const,
    })),
  ]
}

const { privateKey: anotherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
