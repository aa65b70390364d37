import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import jwt from 'jsonwebtoken'
import { z } from 'zod'

export type SigningKey = { kid: string; secret: Buffer }

/** `current` signs; both are accepted, so that a rotation logs nobody out. */
export type SigningKeys = { current: SigningKey; previous: SigningKey | undefined }

export const ACCESS_TOKEN_SECONDS = 15 * 60

// One algorithm, issuer and audience, whatever a token says of itself (RFC 8725, 3.1 and 3.8).
const ALGORITHM = 'HS256'
const ISSUER = 'reelway'
const AUDIENCE = 'reelway-api'

/** `sid` is the session's id. Tokens of the release before do not name theirs; a release later it can be demanded. */
const claims = z.object({ sub: z.uuid(), sid: z.uuid().optional() })

/** Who asks, and by which log-in. */
type Bearer = { userId: string; sessionId: string | undefined }

/** A JWT that says who the user is and by which session, for ACCESS_TOKEN_SECONDS. */
export const signAccessToken = ({ current }: SigningKeys, bearer: { userId: string; sessionId: string }): string =>
  jwt.sign({ sid: bearer.sessionId }, current.secret, {
    algorithm: ALGORITHM,
    keyid: current.kid,
    subject: bearer.userId,
    issuer: ISSUER,
    audience: AUDIENCE,
    expiresIn: ACCESS_TOKEN_SECONDS,
  })

/** The user and the session in a token. Throws invalid_access_token when it is expired, not ours, or signed with a key that is unknown. */
export const verifyAccessToken = (keys: SigningKeys, token: string): Bearer => {
  try {
    const payload = jwt.verify(token, keyOf(keys, token).secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
    })
    const { sub, sid } = claims.parse(payload)
    return { userId: sub, sessionId: sid }
  } catch (cause) {
    throw reelwayError('invalid_access_token', undefined, { cause })
  }
}

// jsonwebtoken throws what JSON.parse throws when the claims are no JSON.
/** The key that a token says it is signed with. Throws when that is none of ours. */
export const keyOf = (keys: SigningKeys, token: string): SigningKey => {
  const kid = jwt.decode(token, { complete: true })?.header.kid
  const key = [keys.current, keys.previous].find((candidate) => candidate?.kid === kid)
  if (key === undefined) throw new Error('the token names no key of ours')
  return key
}
