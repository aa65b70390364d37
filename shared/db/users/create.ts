import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'

export type User = { id: string; username: string; email: string }

export type UserCreated = { kind: 'created'; user: User } | { kind: 'username-taken' } | { kind: 'email-taken' }

/** Makes an account. Names and addresses are unique without regard to case; the database's indexes decide. */
export const createUser = async (
  db: Kysely<Database>,
  newUser: { username: string; email: string; passwordHash: string },
): Promise<UserCreated> => {
  const user = await db
    .insertInto('users')
    .values(newUser)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'username', 'email'])
    .executeTakeFirst()
  if (user !== undefined) return { kind: 'created', user }
  const namesake = await db
    .selectFrom('users')
    .select('id')
    .where((row) =>
      row(row.fn<string>('lower', ['username']), '=', row.fn<string>('lower', [row.val(newUser.username)])),
    )
    .executeTakeFirst()
  return { kind: namesake === undefined ? 'email-taken' : 'username-taken' }
}
