import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/** Resolves when the database answers, throws what stands in the way. */
export const checkDatabase = async (db: Kysely<Database>): Promise<void> => {
  await sql`select 1`.execute(db)
}
