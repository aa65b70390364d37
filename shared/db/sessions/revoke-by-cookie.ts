import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Ends the session whose cookie has this hash; one that is unknown or has ended already changes nothing. */
export const revokeSessionByCookie = async (db: Kysely<Database>, cookieHash: Buffer): Promise<void> => {
  await db
    .updateTable('sessions')
    .set({ revokedAt: sql<Date>`now()` })
    .where('cookieHash', '=', cookieHash)
    .where('revokedAt', 'is', null)
    .execute()
}
