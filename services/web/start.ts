import { fileURLToPath } from 'node:url'
import { Storage } from '@google-cloud/storage'
import { readConfig } from '@reelway/shared/config.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import type { EarlyServer } from '@reelway/shared/http/listen-early.ts'
import { serve } from '@reelway/shared/http/server.ts'
import { makeLogger } from '@reelway/shared/logger.ts'
import { lateJobTopics } from '@reelway/shared/message/late-job-topics.ts'
import { makeApp } from './app.ts'
import { webVariables } from './config.ts'
import { watchChanges } from './live/watch-changes.ts'
import { STORAGE_RETRIES } from './storage-retries.ts'

/** Builds web from its environment and serves it. Throws, naming every variable that is wrong, before anything is opened. */
export const start = async (environment: NodeJS.ProcessEnv, early: EarlyServer): Promise<void> => {
  const config = readConfig(webVariables, environment)
  const projectId = config.GOOGLE_CLOUD_PROJECT
  const logger = makeLogger({ projectId, service: 'web', version: config.GIT_COMMIT, level: config.LOG_LEVEL })
  const database = await connectDatabase(config, (err) => logger.warn('a database connection broke', { err }))
  const changes = watchChanges(database.newClient, logger)
  const topics = lateJobTopics(projectId, config)
  const endpoint = config.STORAGE_ENDPOINT === undefined ? {} : { apiEndpoint: config.STORAGE_ENDPOINT }
  // One client signs and another one asks: an option that one call changes in its client must not reach the other.
  const storage = new Storage({ projectId, ...endpoint, retryOptions: STORAGE_RETRIES })
  const signer = new Storage({ projectId, ...endpoint })
  const stopping = new AbortController()

  const app = makeApp({
    config,
    logger,
    db: database.db,
    changes,
    jobs: topics.jobs,
    uploads: storage.bucket(config.UPLOADS_BUCKET),
    outputs: storage.bucket(config.OUTPUTS_BUCKET),
    signing: { uploads: signer.bucket(config.UPLOADS_BUCKET), outputs: signer.bucket(config.OUTPUTS_BUCKET) },
    pageDirectory: fileURLToPath(new URL('page/dist', import.meta.url)),
    stopping: stopping.signal,
  })

  serve({
    app,
    early,
    logger,
    stopping,
    close: async () => {
      await topics.close()
      await changes.close()
      await database.close()
    },
  })
  await topics.open(stopping.signal)
}
