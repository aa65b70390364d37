import type { PubSub } from '@google-cloud/pubsub'
import type { Lane } from '../lane.ts'
import { flushJobs, type JobTopic, type JobTopics, jobTopics } from './job-topics.ts'

/**
 * The topics of jobs, without Pub/Sub's client: it is among the slowest packages to load, so this is done with the first publish.
 * `close` waits until Pub/Sub has what was published.
 */
export const lateJobTopics = (
  projectId: string,
  config: { JOBS_TOPIC: string; JOBS_CANDIDATE_TOPIC: string },
): { jobs: JobTopics; close(): Promise<void> } => {
  let opened: Promise<Opened> | undefined
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

type Opened = { pubsub: PubSub; topics: JobTopics }

const open = async (projectId: string, config: Parameters<typeof jobTopics>[1]): Promise<Opened> => {
  const { PubSub } = await import('@google-cloud/pubsub')
  const pubsub = new PubSub({ projectId })
  return { pubsub, topics: jobTopics(pubsub, config) }
}
