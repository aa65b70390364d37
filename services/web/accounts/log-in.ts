import { resetRateLimit } from '@reelway/shared/db/rate-limits/reset.ts'
import { openSession } from '@reelway/shared/db/sessions/open.ts'
import { findUserByLogin } from '@reelway/shared/db/users/find.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'
import { parseBody } from '../parse-body.ts'
import { enforceLimit, LOGIN_BY_ACCOUNT, LOGIN_BY_ADDRESS, placeOf } from './limits.ts'
import { isPassword } from './passwords.ts'
import { hashRefreshToken, newRefreshToken } from './refresh-token.ts'
import { tokenAnswer } from './token-answer.ts'

const credentials = z.strictObject({
  email: z
    .string('Give your e-mail address or user name.')
    .min(1, 'Give your e-mail address or user name.')
    .max(254, 'Use at most 254 characters.')
    .regex(/^\P{Cc}*$/u, 'Leave out control characters.'),
  password: z.string('Give your password.').min(1, 'Give your password.').max(256, 'Use at most 256 characters.'),
})

/** POST /api/auth/login: e-mail address or user name, and password, for an access token and the first refresh token. */
export const logIn =
  ({ db, config, logger }: Dependencies): RequestHandler =>
  async (request, response) => {
    const { email: login, password } = parseBody(credentials, request)
    await enforceLimit(db, response, `login:address:${placeOf(request.ip)}`, LOGIN_BY_ADDRESS)
    const user = await findUserByLogin(db, login)
    // One allowance for an account, whichever of its two names is used; names of nobody are limited in the same way.
    const accountKey = `login:account:${user?.id ?? login.toLowerCase()}`
    await enforceLimit(db, response, accountKey, LOGIN_BY_ACCOUNT)
    if (!(await isPassword(password, user?.passwordHash)) || user === undefined) {
      throw reelwayError('invalid_credentials')
    }
    await resetRateLimit(db, accountKey)
    const refreshToken = newRefreshToken()
    const sessionId = await openSession(db, user.id, hashRefreshToken(refreshToken))
    logger.info('logged in', { userId: user.id })
    response.json(tokenAnswer(config, { userId: user.id, sessionId }, refreshToken))
  }
