import type { Bucket } from '@google-cloud/storage'
import type { Database } from '@reelway/shared/db/schema.ts'
import type { JobTopics } from '@reelway/shared/message/job-topics.ts'
import type { Kysely } from 'kysely'
import type { Logger } from 'winston'
import type { BatchConfig } from './config.ts'
import type { Binaries } from './ffmpeg/binaries.ts'

/** What the handlers work with, built once in start.ts. */
export type Dependencies = {
  config: BatchConfig
  logger: Logger
  db: Kysely<Database>
  jobs: JobTopics
  uploads: Bucket
  outputs: Bucket
  /** both buckets of a client that does not retry by itself: see read-object.ts */
  reading: { uploads: Bucket; outputs: Bucket }
  binaries: Binaries
  /** that ffmpeg may use */
  threads: number
  /** where work folders are made */
  workDirectory: string
  /** aborted when the service is asked to stop */
  stopping: AbortSignal
}
