import { findUser } from '@reelway/shared/db/users/find.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Dependencies } from '../dependencies.ts'
import type { UserHandler } from './authenticated.ts'
import type { UserResource } from './user-schema.ts'

/** GET /api/me: the account that the access token belongs to. */
export const me =
  ({ db }: Dependencies): UserHandler =>
  async (_request, response, userId) => {
    const user = await findUser(db, userId)
    if (user === undefined) throw reelwayError('invalid_access_token')
    response.json(user satisfies UserResource)
  }
