import { type Kysely, sql } from 'kysely'
import type { Database } from './schema.ts'

/**
 * Lets database users read and write all tables that the current user owns or will own, and nothing else: they can't make, change or drop
 * any. Kysely's own tables, which say what has been migrated, they can read only. Granting again changes nothing.
 */
export const grantAccess = async (db: Kysely<Database>, grantees: readonly string[]): Promise<void> => {
  await db.transaction().execute(async (transaction) => {
    for (const grantee of grantees) {
      for (const statement of grantsFor(sql.id(grantee))) await statement.execute(transaction)
    }
  })
}

const grantsFor = (grantee: ReturnType<typeof sql.id>) => [
  sql`grant usage on schema public to ${grantee}`,
  sql`grant select, insert, update, delete on all tables in schema public to ${grantee}`,
  sql`grant usage, select on all sequences in schema public to ${grantee}`,
  sql`alter default privileges in schema public grant select, insert, update, delete on tables to ${grantee}`,
  sql`alter default privileges in schema public grant usage, select on sequences to ${grantee}`,
  sql`revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${grantee}`,
]
