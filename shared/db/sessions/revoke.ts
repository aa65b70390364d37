import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Ends the session that a refresh token belongs to; one that is unknown or has ended already changes nothing. */
export const revokeSession = async (db: Kysely<Database>, tokenHash: Buffer): Promise<void> => {
  await db
    .updateTable('sessions')
    .from('refreshTokens')
    .set({ revokedAt: sql<Date>`now()` })
    .whereRef('refreshTokens.sessionId', '=', 'sessions.id')
    .where('refreshTokens.tokenHash', '=', tokenHash)
    .where('revokedAt', 'is', null)
    .execute()
}
