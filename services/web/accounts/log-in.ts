import { openSession } from '@reelway/shared/db/sessions/open.ts'
import type { RequestHandler } from 'express'
import type { Dependencies } from '../dependencies.ts'
import { checkCredentials } from './check-credentials.ts'
import { hashToken, newToken } from './opaque-token.ts'
import { tokenAnswer } from './token-answer.ts'

/** POST /api/auth/login: e-mail address or user name, and password, for an access token and the first refresh token. */
export const logIn =
  (deps: Dependencies): RequestHandler =>
  async (request, response) => {
    const user = await checkCredentials(deps, request, response)
    const refreshToken = newToken()
    const sessionId = await openSession(deps.db, user.id, hashToken(refreshToken))
    deps.logger.info('logged in', { userId: user.id })
    response.json(tokenAnswer(deps.config, { userId: user.id, sessionId }, refreshToken))
  }
