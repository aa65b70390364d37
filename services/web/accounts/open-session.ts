import { openBrowserSession } from '@reelway/shared/db/sessions/open-in-browser.ts'
import { revokeSessionByCookie } from '@reelway/shared/db/sessions/revoke-by-cookie.ts'
import type { RequestHandler } from 'express'
import type { Dependencies } from '../dependencies.ts'
import { checkCredentials } from './check-credentials.ts'
import { hashToken, newToken } from './opaque-token.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { sessionCookieIn, setSessionCookie } from './session-cookie.ts'
import type { SessionResource } from './session-schema.ts'

/**
 * POST /api/session: e-mail address or user name, and password, for a cookie that browsers keep and scripts cannot read. Each log-in gets
 * a new one, and ends the session that the browser had before.
 */
export const openSession =
  (deps: Dependencies): RequestHandler =>
  async (request, response) => {
    refuseCrossSite(request)
    const user = await checkCredentials(deps, request, response)
    const before = sessionCookieIn(request)
    if (before !== undefined) await revokeSessionByCookie(deps.db, hashToken(before))
    const token = newToken()
    const { expiresAt } = await openBrowserSession(deps.db, user.id, hashToken(token))
    deps.logger.info('logged in by a browser', { userId: user.id })
    setSessionCookie(response, token)
    const answer: SessionResource = { user, expiresAt: expiresAt.toISOString() }
    response.status(201).json(answer)
  }
