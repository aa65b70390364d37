import { resetRateLimit } from '@reelway/shared/db/rate-limits/reset.ts'
import type { User } from '@reelway/shared/db/users/create.ts'
import { findUserByLogin } from '@reelway/shared/db/users/find.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'
import { parseBody } from '../parse-body.ts'
import { enforceLimit, LOGIN_BY_ACCOUNT, LOGIN_BY_ADDRESS, placeOf } from './limits.ts'
import { isPassword } from './passwords.ts'

export const credentials = z
  .strictObject({
    email: z
      .string('Give your e-mail address or user name.')
      .min(1, 'Give your e-mail address or user name.')
      .max(254, 'Use at most 254 characters.')
      .refine((login) => !/\p{Cc}/u.test(login), 'Leave out control characters.')
      .describe('An e-mail address or a user name.'),
    password: z.string('Give your password.').min(1, 'Give your password.').max(256, 'Use at most 256 characters.'),
  })
  .meta({ id: 'Credentials' })

/**
 * The user whose e-mail address or user name, and password, are in the body of a request. Throws invalid_input, invalid_credentials, or
 * rate_limited, whichever way of logging in was tried before.
 */
export const checkCredentials = async (
  { db }: Pick<Dependencies, 'db'>,
  request: Request,
  response: Response,
): Promise<User> => {
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
  const { id, username, email } = user
  return { id, username, email }
}
