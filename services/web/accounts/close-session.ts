import { revokeSessionByCookie } from '@reelway/shared/db/sessions/revoke-by-cookie.ts'
import type { RequestHandler } from 'express'
import type { Dependencies } from '../dependencies.ts'
import { hashToken } from './opaque-token.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { clearSessionCookie, sessionCookieIn } from './session-cookie.ts'

/** DELETE /api/session: ends the session of the cookie at once, and takes the cookie away. 204 also when there was none. */
export const closeSession =
  ({ db }: Dependencies): RequestHandler =>
  async (request, response) => {
    refuseCrossSite(request)
    const token = sessionCookieIn(request)
    if (token !== undefined) await revokeSessionByCookie(db, hashToken(token))
    clearSessionCookie(response)
    response.status(204).end()
  }
