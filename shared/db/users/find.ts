import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import type { User } from './create.ts'

/**
 * The account with this e-mail address or user name (a user name has no @), in any case, with its password hash. What is the
 * same in another case is for the database to tell, as in its unique indexes: JavaScript may differ beyond ASCII.
 */
export const findUserByLogin = (
  db: Kysely<Database>,
  login: string,
): Promise<(User & { passwordHash: string }) | undefined> => {
  const column = login.includes('@') ? 'email' : 'username'
  return db
    .selectFrom('users')
    .select(['id', 'username', 'email', 'passwordHash'])
    .where((row) => row(row.fn<string>('lower', [column]), '=', row.fn<string>('lower', [row.val(login)])))
    .executeTakeFirst()
}

export const findUser = (db: Kysely<Database>, userId: string): Promise<User | undefined> =>
  db.selectFrom('users').select(['id', 'username', 'email']).where('id', '=', userId).executeTakeFirst()
