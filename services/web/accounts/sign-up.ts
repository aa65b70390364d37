import { createUser } from '@reelway/shared/db/users/create.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import type { Dependencies } from '../dependencies.ts'
import { parseBody } from '../parse-body.ts'
import { enforceLimit, placeOf, SIGNUP_BY_ADDRESS } from './limits.ts'
import { hashPassword } from './passwords.ts'
import type { UserResource } from './user-schema.ts'

const NAME_RULE = 'Use 3 to 32 letters, digits, dots, dashes or underscores.'

// Length is what counts in a password (NIST SP 800-63B, 3.1.1); the upper bound keeps the hash from being a burden.
export const newAccount = z
  .strictObject({
    username: z
      .string('Give a user name.')
      .refine((name) => /^[\p{L}\p{N}._-]{3,32}$/u.test(name), NAME_RULE)
      .meta({ description: NAME_RULE, minLength: 3, maxLength: 32 }),
    email: z
      .email('Give an e-mail address such as ana@example.com.')
      .max(254, 'Use at most 254 characters.')
      .describe('To log in with; nothing is sent to it.'),
    password: z
      .string('Give a password.')
      .min(8, 'Use at least 8 characters.')
      .max(256, 'Use at most 256 characters.')
      .describe('Its length is what counts; use whatever characters you like.'),
  })
  .meta({ id: 'NewAccount' })

/** POST /api/auth/signup: makes an account. */
export const signUp =
  ({ db, logger }: Dependencies): RequestHandler =>
  async (request, response) => {
    await enforceLimit(db, response, `signup:address:${placeOf(request.ip)}`, SIGNUP_BY_ADDRESS)
    const { username, email, password } = parseBody(newAccount, request)
    const created = await createUser(db, { username, email, passwordHash: await hashPassword(password) })
    if (created.kind === 'username-taken') throw reelwayError('username_taken')
    if (created.kind === 'email-taken') throw reelwayError('email_taken')
    logger.info('account created', { userId: created.user.id })
    response.status(201).json(created.user satisfies UserResource)
  }
