import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import { browserSessionEnd } from './open-in-browser.ts'

/** A session that is used moves its end at most this often: each request reads one row, and few write one. */
const RENEWAL_HOURS = 1

/** The living session whose cookie has this hash, and its user. Using it puts off its end. */
export const findSessionByCookie = async (
  db: Kysely<Database>,
  cookieHash: Buffer,
): Promise<{ sessionId: string; userId: string } | undefined> => {
  const session = await db
    .selectFrom('sessions')
    .select(['id', 'userId'])
    .select(sql<boolean>`${browserSessionEnd} > expires_at + make_interval(hours => ${RENEWAL_HOURS})`.as('isDue'))
    .where('cookieHash', '=', cookieHash)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst()
  if (session === undefined) return undefined
  if (session.isDue) {
    await db.updateTable('sessions').set({ expiresAt: browserSessionEnd }).where('id', '=', session.id).execute()
  }
  return { sessionId: session.id, userId: session.userId }
}
