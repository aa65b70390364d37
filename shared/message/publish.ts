import type { Kysely } from 'kysely'
import type { Logger } from 'winston'
import { markPublished } from '../db/jobs/mark-published.ts'
import type { Database } from '../db/schema.ts'
import type { Lane } from '../lane.ts'
import type { JobMessage } from './body.ts'
import type { JobTopics } from './job-topics.ts'

export type Publishing = { db: Kysely<Database>; jobs: JobTopics; logger: Logger }

/**
 * Publishes the message of a job that is committed. A failure is logged and not thrown: the job is safe in the database, and
 * the reaper publishes what was left.
 */
export const publishJob = async (
  { db, jobs, logger }: Publishing,
  job: { id: string; traceparent: string | null | undefined; lane: Lane },
): Promise<void> => {
  const message: JobMessage = { jobId: job.id }
  const { lane } = job
  try {
    const attributes = job.traceparent == null ? {} : { traceparent: job.traceparent }
    const messageId = await jobs[lane].publishMessage({ json: message, attributes })
    await markPublished(db, job.id)
    logger.info('job published', { jobId: job.id, lane, messageId })
  } catch (err) {
    logger.warn('job not published: the reaper will do it', { jobId: job.id, lane, err })
  }
}
