import { setMaxListeners } from 'node:events'
import { availableParallelism, tmpdir } from 'node:os'
import { PubSub } from '@google-cloud/pubsub'
import { Storage } from '@google-cloud/storage'
import { readConfig } from '@reelway/shared/config.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { serve } from '@reelway/shared/http/server.ts'
import { makeLogger } from '@reelway/shared/logger.ts'
import { flushJobs, jobTopics } from '@reelway/shared/message/job-topics.ts'
import { makeApp } from './app.ts'
import { batchVariables } from './config.ts'
import { findBinaries } from './ffmpeg/binaries.ts'

// teeny-request 11 (below the Storage client) hangs eleven listeners on each answer that it streams: Node would warn of a leak.
setMaxListeners(20)

const config = readConfig(batchVariables, process.env)
const projectId = config.GOOGLE_CLOUD_PROJECT
const logger = makeLogger({ projectId, service: 'batch', version: config.GIT_COMMIT, level: config.LOG_LEVEL })
const binaries = await findBinaries({
  ffmpegPath: config.FFMPEG_PATH,
  ffprobePath: config.FFPROBE_PATH,
  searchPath: process.env.PATH,
})
logger.info('encoder found', binaries)
const database = await connectDatabase(config, (err) => logger.warn('an idle database connection broke', { err }))
const pubsub = new PubSub({ projectId })
const jobs = jobTopics(pubsub, config)
const endpoint = config.STORAGE_ENDPOINT === undefined ? {} : { apiEndpoint: config.STORAGE_ENDPOINT }
const storage = new Storage({ projectId, ...endpoint })
const reader = new Storage({ projectId, ...endpoint, retryOptions: { autoRetry: false } })
const stopping = new AbortController()

const app = makeApp({
  config,
  logger,
  db: database.db,
  jobs,
  uploads: storage.bucket(config.UPLOADS_BUCKET),
  outputs: storage.bucket(config.OUTPUTS_BUCKET),
  reading: { uploads: reader.bucket(config.UPLOADS_BUCKET) },
  binaries,
  threads: config.FFMPEG_THREADS ?? availableParallelism(),
  workDirectory: config.WORK_DIR ?? tmpdir(),
  stopping: stopping.signal,
})

await serve({
  app,
  port: config.PORT,
  logger,
  stopping,
  close: async () => {
    await flushJobs(jobs)
    await pubsub.close()
    await database.close()
  },
})
