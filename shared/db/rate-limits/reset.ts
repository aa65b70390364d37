import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Gives a key its whole allowance back. */
export const resetRateLimit = async (db: Kysely<Database>, key: string): Promise<void> => {
  await db.deleteFrom('rateLimits').where('key', '=', key).execute()
}

/** Removes the rows that have their whole allowance back anyway. */
export const forgetUnusedRateLimits = async (db: Kysely<Database>): Promise<void> => {
  await db.deleteFrom('rateLimits').where('arrivalAt', '<', sql<Date>`now()`).execute()
}
