import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as accountsTasksJobs from './migrations/0001-accounts-tasks-jobs.ts'
import * as lanes from './migrations/0002-lanes.ts'
import * as parts from './migrations/0003-parts.ts'
import * as options from './migrations/0004-options.ts'
import * as live from './migrations/0005-live.ts'
import * as previews from './migrations/0006-previews.ts'
import type { Database } from './schema.ts'

/** Every migration, by the name that orders it. Each only expands the schema: test/support/contractions.ts says what that means. */
export const migrations = {
  '0001-accounts-tasks-jobs': accountsTasksJobs,
  '0002-lanes': lanes,
  '0003-parts': parts,
  '0004-options': options,
  '0005-live': live,
  '0006-previews': previews,
}

/**
 * Brings the database up to date and returns the names of the migrations that it applied. Safe to run from several places at
 * once: Kysely's migrator takes a lock. Throws what the failing statement threw; that migration is rolled back. What was applied
 * by a later release stays, and is no obstacle: migrations only expand the schema, so that a release can be taken back.
 */
export const migrate = async (
  db: Kysely<Database>,
  known: Record<string, Migration> = migrations,
): Promise<string[]> => {
  const applied = await appliedMigrations(db)
  const ofLaterReleases = applied.filter((name) => !(name in known)).map((name) => [name, NOTHING_TO_DO] as const)
  const all = { ...known, ...Object.fromEntries(ofLaterReleases) }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(all) },
    // A release that was taken back may be followed by one whose migration has an earlier name.
    allowUnorderedMigrations: true,
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

const NOTHING_TO_DO: Migration = { up: () => Promise.resolve() }

/** The names of the migrations that the database has had, from whichever release. */
const appliedMigrations = async (db: Kysely<Database>): Promise<string[]> => {
  const { rows: tables } = await sql<{ found: boolean }>`
    select to_regclass('kysely_migration') is not null as found`.execute(db)
  if (tables[0]?.found !== true) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(({ name }) => name)
}
