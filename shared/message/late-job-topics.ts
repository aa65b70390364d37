import type { Lane } from '../lane.ts'
import { flushJobs, type JobTopic, type JobTopics } from './job-topics.ts'
import type { OpenJobTopics, openJobTopics } from './open-job-topics.ts'

/**
 * The topics of jobs, without Pub/Sub's client: it is among the slowest packages to load, so this is done with the first publish.
 * `close` waits until Pub/Sub has what was published.
 */
export const lateJobTopics = (
  projectId: string,
  config: { JOBS_TOPIC: string; JOBS_CANDIDATE_TOPIC: string },
): { jobs: JobTopics; close(): Promise<void> } => {
  let opened: Promise<OpenJobTopics> | undefined
  const late = (lane: Lane): JobTopic => ({
    publishMessage: async (message) => {
      opened ??= open(projectId, config)
      const { topics } = await opened
      return topics[lane].publishMessage(message)
    },
    flush: async () => (await opened)?.topics[lane].flush(),
  })
  const jobs = { main: late('main'), candidate: late('candidate') }
  return {
    jobs,
    close: async () => {
      await flushJobs(jobs)
      await (await opened)?.pubsub.close()
    },
  }
}

// By way of a module of ours: of a CommonJS package that is imported late a bundle knows no names.
const open = async (...options: Parameters<typeof openJobTopics>): Promise<OpenJobTopics> => {
  const { openJobTopics } = await import('./open-job-topics.ts')
  return openJobTopics(...options)
}
