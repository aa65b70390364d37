import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Whoever does not come back for this long logs in again. */
const SESSION_DAYS = 30

/** Opens a session for a user and keeps the hash of its first refresh token. Returns the session's id. */
export const openSession = (db: Kysely<Database>, userId: string, tokenHash: Buffer): Promise<string> =>
  db.transaction().execute(async (trx) => {
    const session = await trx
      .insertInto('sessions')
      .values({ userId, expiresAt: sessionEnd })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx.insertInto('refreshTokens').values({ sessionId: session.id, tokenHash }).execute()
    return session.id
  })

/** A session lives from its last use. */
export const sessionEnd = sql<Date>`now() + make_interval(days => ${SESSION_DAYS})`
