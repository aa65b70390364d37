import type { Bucket } from '@google-cloud/storage'
import type { Database } from '@reelway/shared/db/schema.ts'
import type { JobTopics } from '@reelway/shared/message/job-topics.ts'
import type { Kysely } from 'kysely'
import type { Logger } from 'winston'
import type { WebConfig } from './config.ts'
import type { ChangeWatch } from './live/watch-changes.ts'

/** What the routes work with, built once in start.ts. */
export type Dependencies = {
  config: WebConfig
  logger: Logger
  db: Kysely<Database>
  changes: ChangeWatch
  jobs: JobTopics
  uploads: Bucket
  outputs: Bucket
  /** buckets of a client of their own, used for signing only */
  signing: { uploads: Bucket; outputs: Bucket }
  /** where the built page is */
  pageDirectory: string
  /** aborted when the service is asked to stop */
  stopping: AbortSignal
}
