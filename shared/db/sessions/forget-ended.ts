import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Ended sessions are kept for a while, so that the reuse of an old token is still recognised and logged. */
const KEPT_DAYS = 7

/** Removes sessions that ended long ago, with their refresh tokens. */
export const forgetEndedSessions = (db: Kysely<Database>): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const ended = await trx
      .selectFrom('sessions')
      .select('id')
      .where(sql<boolean>`least(expires_at, revoked_at) < now() - make_interval(days => ${KEPT_DAYS})`)
      .limit(1000)
      .forUpdate()
      .skipLocked()
      .execute()
    const ids = ended.map((session) => session.id)
    if (ids.length === 0) return
    await trx.deleteFrom('refreshTokens').where('sessionId', 'in', ids).execute()
    await trx.deleteFrom('sessions').where('id', 'in', ids).execute()
  })
