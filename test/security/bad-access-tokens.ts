import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import type { SigningKey } from '@reelway/web/accounts/access-token.ts'
import jwt from 'jsonwebtoken'
import { jwtByHand, jwtPart } from './jwt-by-hand.ts'

export type BadToken = {
  title: string
  /** the whole Authorization header; undefined: none is sent */
  authorization: string | undefined
  code: 'unauthenticated' | 'invalid_access_token'
}

/** What an attacker could know and have: a token that was good, its session, a refresh token, and the log-in of another user. */
export type Stolen = {
  userId: string
  sessionId: string
  goodToken: string
  refreshToken: string
  revokedToken: string
  endedToken: string
  otherSessionId: string
}

/** Every way in which an access token can be wrong, each different from a good one in that only. */
export const badAccessTokens = ({ kid, secret }: SigningKey, stolen: Stolen): BadToken[] => {
  const claims = { sub: stolen.userId, sid: stolen.sessionId, iss: 'reelway', aud: 'reelway-api', exp: inAnHour() }
  const signed = (changes: object, options: jwt.SignOptions = {}, key: jwt.Secret = secret): string =>
    jwt.sign({ ...claims, ...changes }, key, { algorithm: 'HS256', keyid: kid, ...options })
  const [head = '', body = '', signature = ''] = stolen.goodToken.split('.')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const tokens: Record<string, string> = {
    'that has expired': signed({ exp: Math.floor(Date.now() / 1000) - 1 }),
    'that is not valid yet': signed({ nbf: inAnHour() }),
    'of the algorithm none': `${jwtPart({ alg: 'none', typ: 'JWT', kid })}.${jwtPart(claims)}.`,
    'of the algorithm nOnE': `${jwtPart({ alg: 'nOnE', typ: 'JWT', kid })}.${jwtPart(claims)}.${signature}`,
    'of the algorithm HS512': signed({}, { algorithm: 'HS512' }),
    'of the algorithm RS256, signed with a key of its own': signed({}, { algorithm: 'RS256' }, rsa.privateKey),
    'that says RS256 and is signed with the secret': jwtByHand({ alg: 'RS256', typ: 'JWT', kid }, claims, secret),
    'that brings its key along': jwtByHand(
      { alg: 'HS256', typ: 'JWT', kid, jwk: { kty: 'oct', k: OWN_KEY.toString('base64url') } },
      claims,
      OWN_KEY,
    ),
    'for another audience': signed({ aud: 'another-api' }),
    'of another issuer': signed({ iss: 'https://accounts.google.com' }),
    'of a key that is unknown': signed({}, { keyid: 'unknown' }),
    'whose key id is a path': signed({}, { keyid: '../../dev/null' }),
    'without a key id': jwt.sign(claims, secret, { algorithm: 'HS256' }),
    'signed with another secret': signed({}, {}, OWN_KEY),
    'signed with nothing': jwtByHand({ alg: 'HS256', typ: 'JWT', kid }, claims, ''),
    'without its signature': `${head}.${body}.`,
    'whose signature is cut short': `${head}.${body}.${signature.slice(0, -2)}`,
    'whose user was changed': `${head}.${jwtPart({ ...claims, sub: randomUUID() })}.${signature}`,
    'whose user is no id': signed({ sub: 'admin' }),
    'of a session that was revoked': stolen.revokedToken,
    'of a session that has ended': stolen.endedToken,
    "of another user's session": signed({ sid: stolen.otherSessionId }),
    'of a session that never was': signed({ sid: randomUUID() }),
    'that is a refresh token': stolen.refreshToken,
    'that is a word': 'token',
    'of 8 KB': `${head}.${body}.${'A'.repeat(8_000)}`,
  }
  const headers: Record<string, string | undefined> = {
    'no token': undefined,
    'an empty header': '',
    'a scheme without a token': 'Bearer',
    'the token without its scheme': stolen.goodToken,
    'the token by another scheme': `Basic ${stolen.goodToken}`,
    'two tokens': `Bearer ${stolen.goodToken} ${stolen.goodToken}`,
  }
  return [
    ...Object.entries(headers).map(([title, authorization]) => ({
      title,
      authorization,
      code: 'unauthenticated' as const,
    })),
    ...Object.entries(tokens).map(([title, token]) => ({
      title: `a token ${title}`,
      authorization: `Bearer ${token}`,
      code: 'invalid_access_token' as const,
    })),
  ]
}

const OWN_KEY = randomBytes(32)

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
