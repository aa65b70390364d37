import { PubSub } from '@google-cloud/pubsub'
import { type JobTopics, jobTopics } from './job-topics.ts'

export type OpenJobTopics = { pubsub: PubSub; topics: JobTopics }

/** The topics of jobs, and the client that they belong to. */
export const openJobTopics = (projectId: string, config: Parameters<typeof jobTopics>[1]): OpenJobTopics => {
  const pubsub = new PubSub({ projectId })
  return { pubsub, topics: jobTopics(pubsub, config) }
}
