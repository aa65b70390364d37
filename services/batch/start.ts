import { setMaxListeners } from 'node:events'
import { availableParallelism, tmpdir } from 'node:os'
import { Storage } from '@google-cloud/storage'
import { readConfig } from '@reelway/shared/config.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import type { EarlyServer } from '@reelway/shared/http/listen-early.ts'
import { serve } from '@reelway/shared/http/server.ts'
import { makeLogger } from '@reelway/shared/logger.ts'
import { lateJobTopics } from '@reelway/shared/message/late-job-topics.ts'
import { makeApp } from './app.ts'
import { batchVariables } from './config.ts'
import { findBinaries } from './ffmpeg/binaries.ts'

/** Builds batch from its environment and serves it. Throws, naming every wrong variable or the program that is missing. */
export const start = async (environment: NodeJS.ProcessEnv, early: EarlyServer): Promise<void> => {
  // teeny-request 11 (below the Storage client) hangs eleven listeners on each answer that it streams: Node would warn of a leak.
  setMaxListeners(20)

  const config = readConfig(batchVariables, environment)
  const projectId = config.GOOGLE_CLOUD_PROJECT
  const logger = makeLogger({ projectId, service: 'batch', version: config.GIT_COMMIT, level: config.LOG_LEVEL })
  const binaries = await findBinaries({
    ffmpegPath: config.FFMPEG_PATH,
    ffprobePath: config.FFPROBE_PATH,
    searchPath: environment.PATH,
  })
  logger.info('encoder found', binaries)
  const database = await connectDatabase(config, (err) => logger.warn('a database connection broke', { err }))
  const topics = lateJobTopics(projectId, config)
  const endpoint = config.STORAGE_ENDPOINT === undefined ? {} : { apiEndpoint: config.STORAGE_ENDPOINT }
  const storage = new Storage({ projectId, ...endpoint })
  const reader = new Storage({ projectId, ...endpoint, retryOptions: { autoRetry: false } })
  const stopping = new AbortController()

  const app = makeApp({
    config,
    logger,
    db: database.db,
    jobs: topics.jobs,
    uploads: storage.bucket(config.UPLOADS_BUCKET),
    outputs: storage.bucket(config.OUTPUTS_BUCKET),
    reading: { uploads: reader.bucket(config.UPLOADS_BUCKET), outputs: reader.bucket(config.OUTPUTS_BUCKET) },
    binaries,
    threads: config.FFMPEG_THREADS ?? availableParallelism(),
    workDirectory: config.WORK_DIR ?? tmpdir(),
    stopping: stopping.signal,
  })

  serve({
    app,
    early,
    logger,
    stopping,
    close: async () => {
      await topics.close()
      await database.close()
    },
  })
  await topics.open(stopping.signal)
}
