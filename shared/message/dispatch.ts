import { dispatchJobs } from '../db/jobs/dispatch.ts'
import { type Publishing, publishJob } from './publish.ts'

/**
 * Publishes the jobs whose turn it is, whoever's they are; `window`: how many may be in flight. To be called when a job was committed and
 * when one has ended. A failure is logged and not thrown: all jobs are safe in the database, and the reaper dispatches, too.
 */
export const dispatch = async (publishing: Publishing, window: number): Promise<void> => {
  try {
    const jobs = await dispatchJobs(publishing.db, window)
    await Promise.all(jobs.map((job) => publishJob(publishing, job)))
  } catch (err) {
    publishing.logger.warn('jobs not dispatched: the reaper will do it', { err })
  }
}
