import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import * as accountsTasksJobs from './migrations/0001-accounts-tasks-jobs.ts'
import * as lanes from './migrations/0002-lanes.ts'
import type { Database } from './schema.ts'

/** Every migration, by the name that orders it. Each only expands the schema: test/support/contractions.ts says what that means. */
export const migrations = { '0001-accounts-tasks-jobs': accountsTasksJobs, '0002-lanes': lanes }

/**
 * Brings the database up to date and returns the names of the migrations that it applied. Safe to run from several places at
 * once: Kysely's migrator takes a lock. Throws what the failing statement threw; that migration is rolled back.
 */
export const migrate = async (db: Kysely<Database>): Promise<string[]> => {
  const { error, results = [] } = await migrator(db).migrateToLatest()
  if (error !== undefined) throw error
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

const migrator = (db: Kysely<Database>): Migrator =>
  new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
