import type { Database } from '@reelway/shared/db/schema.ts'
import { type Kysely, sql } from 'kysely'

/**
 * A digest of all rows of each table: two that are equal say that nothing was changed in between. The allowances of rate-limits are
 * left out, which even a refused request may take from.
 */
export const tableDigests = async (db: Kysely<Database>): Promise<Record<string, string>> => {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'rate_limits' order by relname`.execute(
    db,
  )
  const digests: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const table = sql.table(name)
    const { rows } = await sql<{ digest: string }>`
      select coalesce(md5(string_agg(row::text, ',' order by row::text)), 'empty') as digest from ${table} as row`.execute(
      db,
    )
    digests[name] = rows[0]?.digest ?? ''
  }
  return digests
}
