import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** How long a repeated request is recognised: a promise of the API. */
const KEPT_HOURS = 24

/** Forgets the keys that are older than the API promises to keep them. */
export const forgetIdempotencyKeys = async (db: Kysely<Database>): Promise<void> => {
  await db
    .deleteFrom('idempotencyKeys')
    .where('createdAt', '<', sql<Date>`now() - make_interval(hours => ${KEPT_HOURS})`)
    .execute()
}
