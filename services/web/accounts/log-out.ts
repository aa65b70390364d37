import { revokeSession } from '@reelway/shared/db/sessions/revoke.ts'
import type { RequestHandler } from 'express'
import type { Dependencies } from '../dependencies.ts'
import { parseBody } from '../parse-body.ts'
import { hashToken } from './opaque-token.ts'
import { refreshTokenBody } from './refresh.ts'

/** POST /api/auth/logout: ends the session of a refresh token. 204 for an unknown one too: it is logged out in any case. */
export const logOut =
  ({ db }: Dependencies): RequestHandler =>
  async (request, response) => {
    const { refreshToken } = parseBody(refreshTokenBody, request)
    await revokeSession(db, hashToken(refreshToken))
    response.status(204).end()
  }
