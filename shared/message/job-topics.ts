import type { PubSub, Topic } from '@google-cloud/pubsub'
import { type Lane, lanes } from '../lane.ts'
import type { JobMessage } from './body.ts'

/** A request waits for its publish: after this long it goes on, and the reaper publishes instead. */
const PUBLISH_TIMEOUT_MILLIS = 5_000

/**
 * The client's own back-off grows fourfold and ends only after a pause that goes beyond the time-out: a request would wait for
 * 8 to 16 s (measured).
 */
const BACKOFF = {
  initialRetryDelayMillis: 100,
  retryDelayMultiplier: 1.3,
  maxRetryDelayMillis: 500,
  initialRpcTimeoutMillis: PUBLISH_TIMEOUT_MILLIS,
  rpcTimeoutMultiplier: 1,
  maxRpcTimeoutMillis: PUBLISH_TIMEOUT_MILLIS,
  totalTimeoutMillis: PUBLISH_TIMEOUT_MILLIS,
}

/** What jobs are published with: as much of a Pub/Sub topic as is needed for that. */
export type JobTopic = {
  publishMessage(message: { json: JobMessage; attributes: Record<string, string> }): Promise<string>
  flush(): Promise<void>
}

export type JobTopics = Record<Lane, JobTopic>

/** The topics of jobs, by the names that the configuration has for them. */
export const jobTopics = (pubsub: PubSub, config: { JOBS_TOPIC: string; JOBS_CANDIDATE_TOPIC: string }): JobTopics => ({
  main: jobTopic(pubsub, config.JOBS_TOPIC),
  candidate: jobTopic(pubsub, config.JOBS_CANDIDATE_TOPIC),
})

/** Waits until Pub/Sub has what was published: the client's close() does not. */
export const flushJobs = async (topics: JobTopics): Promise<void> => {
  await Promise.all(lanes.map((lane) => topics[lane].flush()))
}

// Each message goes out at once: the client's 10 ms of batching would only be added to every request.
const jobTopic = (pubsub: PubSub, name: string): Topic =>
  pubsub.topic(name, {
    batching: { maxMessages: 1 },
    gaxOpts: { timeout: PUBLISH_TIMEOUT_MILLIS, retry: { backoffSettings: BACKOFF } },
  })
