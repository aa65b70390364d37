import { readConfig } from '@reelway/shared/config.ts'
import { connectDatabase, type StatementLimits } from '@reelway/shared/db/connect.ts'
import { grantAccess } from '@reelway/shared/db/grant-access.ts'
import { migrate } from '@reelway/shared/db/migrate.ts'
import { NETWORK_SECONDS, waitUntilReachable } from '@reelway/shared/db/wait-until-reachable.ts'
import { makeLogger } from '@reelway/shared/logger.ts'
import { migrateVariables } from './config.ts'

/**
 * An index of a large table takes minutes. But a statement that waits for a lock makes all others wait behind it: it had better fail,
 * and be tried again when the table is less busy.
 */
const LIMITS: StatementLimits = { statementMillis: 540_000, lockMillis: 10_000 }

/**
 * The migration job: brings the database up to date and lets the services read and write it, then ends. It runs in web's image, so
 * that migrations are those of the code that is deployed with it.
 */
const config = readConfig(migrateVariables, process.env)
const logger = makeLogger({
  projectId: config.GOOGLE_CLOUD_PROJECT,
  service: 'migrate',
  version: config.GIT_COMMIT,
  level: config.LOG_LEVEL,
})
const database = await connectDatabase(
  { ...config, DB_POOL_SIZE: 1 },
  (err) => logger.warn('the database connection broke', { err }),
  undefined,
  LIMITS,
)
try {
  await waitUntilReachable(database.db, NETWORK_SECONDS)
  const applied = await migrate(database.db)
  await grantAccess(database.db, config.DB_GRANTEES)
  logger.info('the database is up to date', { applied, grantees: config.DB_GRANTEES })
} catch (err) {
  logger.error('the migration failed; what failed was rolled back', { err })
  process.exitCode = 1
} finally {
  await database.close()
}
