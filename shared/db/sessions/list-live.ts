import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Those of some sessions that have neither been revoked nor ended. */
export const listLiveSessions = async (db: Kysely<Database>, sessionIds: readonly string[]): Promise<Set<string>> => {
  if (sessionIds.length === 0) return new Set()
  const live = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sql<string>`any(${sessionIds}::uuid[])`)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .execute()
  return new Set(live.map(({ id }) => id))
}
