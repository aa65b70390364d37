import { readConfig } from '@reelway/shared/config.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { redriveTasks } from '@reelway/shared/db/tasks/redrive.ts'
import { NETWORK_SECONDS, waitUntilReachable } from '@reelway/shared/db/wait-until-reachable.ts'
import { makeLogger } from '@reelway/shared/logger.ts'
import { redriveVariables } from './config.ts'

/** What infra/gcp/redrive.sh runs in the migration job: brings tasks back to work that failed for a reason of ours, then ends. */
const config = readConfig(redriveVariables, process.env)
const logger = makeLogger({
  projectId: config.GOOGLE_CLOUD_PROJECT,
  service: 'redrive',
  version: config.GIT_COMMIT,
  level: config.LOG_LEVEL,
})
const database = await connectDatabase({ ...config, DB_POOL_SIZE: 1 }, (err) =>
  logger.warn('the database connection broke', { err }),
)
try {
  await waitUntilReachable(database.db, NETWORK_SECONDS)
  const { REDRIVE_SINCE: since, REDRIVE_UNTIL: until } = config
  const codes = await redriveTasks(database.db, { since, until })
  const tasks = Object.values(codes).reduce((sum, count) => sum + count, 0)
  logger.info(`${tasks} tasks are queued again; the reaper publishes them`, { tasks, codes, since, until })
} catch (err) {
  logger.error('nothing was redriven', { err })
  process.exitCode = 1
} finally {
  await database.close()
}
