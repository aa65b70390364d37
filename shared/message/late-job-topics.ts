import type { Lane } from '../lane.ts'
import { flushJobs, type JobTopic, type JobTopics } from './job-topics.ts'
import type { OpenJobTopics, openJobTopics } from './open-job-topics.ts'

/**
 * The topics of jobs, before Pub/Sub's client is there, which is among the slowest packages to load: `open` loads it, to be called
 * when the service answers already; a publish before that waits for it. Throws what keeps it from loading. `close` waits until Pub/Sub has
 * what was published.
 */
export const lateJobTopics = (
  projectId: string,
  config: { JOBS_TOPIC: string; JOBS_CANDIDATE_TOPIC: string },
): { jobs: JobTopics; open(): Promise<void>; close(): Promise<void> } => {
  let opened: Promise<OpenJobTopics> | undefined
  const topics = async (): Promise<JobTopics> => {
    opened ??= load(projectId, config)
    return (await opened).topics
  }
  const late = (lane: Lane): JobTopic => ({
    publishMessage: async (message) => (await topics())[lane].publishMessage(message),
    flush: async () => (await opened)?.topics[lane].flush(),
  })
  const jobs = { main: late('main'), candidate: late('candidate') }
  return {
    jobs,
    open: async () => void (await topics()),
    close: async () => {
      await flushJobs(jobs)
      await (await opened)?.pubsub.close()
    },
  }
}

// By way of a module of ours: of a CommonJS package that is imported late a bundle knows no names.
const load = async (...options: Parameters<typeof openJobTopics>): Promise<OpenJobTopics> => {
  const { openJobTopics } = await import('./open-job-topics.ts')
  return openJobTopics(...options)
}
