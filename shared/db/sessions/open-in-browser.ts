import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Whoever does not come back for this long logs in again; a browser may be somebody else's, so it is less than for programs. */
const IDLE_DAYS = 14
/** However often it is used (OWASP Session Management Cheat Sheet: an absolute time-out, whatever the activity). */
export const LONGEST_DAYS = 90

/** When a session of a browser ends that is used now. */
export const browserSessionEnd = sql<Date>`
  least(now() + make_interval(days => ${IDLE_DAYS}), created_at + make_interval(days => ${LONGEST_DAYS}))`

/** Opens a session for a user whose browser gets the cookie with this hash. Returns its id and when it ends if it is not used. */
export const openBrowserSession = (
  db: Kysely<Database>,
  userId: string,
  cookieHash: Buffer,
): Promise<{ id: string; expiresAt: Date }> =>
  db
    .insertInto('sessions')
    .values({ userId, cookieHash, expiresAt: sql<Date>`now() + make_interval(days => ${IDLE_DAYS})` })
    .returning(['id', 'expiresAt'])
    .executeTakeFirstOrThrow()
