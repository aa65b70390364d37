import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** True while a session of this user has neither been revoked nor ended. One row by its key. */
export const isSessionLive = async (
  db: Kysely<Database>,
  session: { sessionId: string; userId: string },
): Promise<boolean> => {
  const live = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', session.sessionId)
    .where('userId', '=', session.userId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst()
  return live !== undefined
}
