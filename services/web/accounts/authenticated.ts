import type { Database } from '@reelway/shared/db/schema.ts'
import { findSessionByCookie } from '@reelway/shared/db/sessions/find-by-cookie.ts'
import { isSessionLive } from '@reelway/shared/db/sessions/is-live.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request, RequestHandler, Response } from 'express'
import type { Kysely } from 'kysely'
import { type SigningKeys, verifyAccessToken } from './access-token.ts'
import { hashToken } from './opaque-token.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { sessionCookieIn } from './session-cookie.ts'

/** A handler that knows who is asking, and by which log-in: undefined for a token of the release before. */
export type UserHandler = (
  request: Request,
  response: Response,
  userId: string,
  sessionId: string | undefined,
) => Promise<void> | void

type Identity = { userId: string; sessionId: string | undefined }

/**
 * Lets a handler see only requests with a valid access token (RFC 6750), or with the cookie of a browser, whose session lives: what was
 * logged out, or revoked because its refresh token was used twice, ends at once. With an Authorization header cookies do not count.
 * Throws 401 with WWW-Authenticate, or 403 cross_site_request, otherwise.
 */
export const authenticated =
  (keys: SigningKeys, db: Kysely<Database>) =>
  (handler: UserHandler): RequestHandler =>
  async (request, response) => {
    const { userId, sessionId } =
      request.get('authorization') === undefined && sessionCookieIn(request) !== undefined
        ? await byCookie(db, request, response)
        : await byAccessToken(keys, db, request, response)
    response.removeHeader('www-authenticate')
    await handler(request, response, userId, sessionId)
  }

const byCookie = async (db: Kysely<Database>, request: Request, response: Response): Promise<Identity> => {
  refuseCrossSite(request)
  const session = await findSessionByCookie(db, hashToken(sessionCookieIn(request) ?? ''))
  response.set('www-authenticate', 'Bearer')
  if (session === undefined) throw reelwayError('session_ended')
  return session
}

const byAccessToken = async (
  keys: SigningKeys,
  db: Kysely<Database>,
  request: Request,
  response: Response,
): Promise<Identity> => {
  const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1]
  response.set('www-authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"')
  if (token === undefined) throw reelwayError('unauthenticated')
  const { userId, sessionId } = verifyAccessToken(keys, token)
  // A database that does not answer says nothing of the token.
  response.removeHeader('www-authenticate')
  if (sessionId !== undefined && !(await isSessionLive(db, { userId, sessionId }))) {
    response.set('www-authenticate', 'Bearer error="invalid_token"')
    throw reelwayError('invalid_access_token')
  }
  return { userId, sessionId }
}
