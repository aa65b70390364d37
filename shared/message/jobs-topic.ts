import type { PubSub, Topic } from '@google-cloud/pubsub'

/** A request waits for its publish: after this long it goes on, and the reaper publishes instead. */
const PUBLISH_TIMEOUT_MILLIS = 5_000

/** The topic of jobs. Each message goes out at once: the client's 10 ms of batching would only be added to every request. */
export const jobsTopic = (pubsub: PubSub, name: string): Topic =>
  pubsub.topic(name, { batching: { maxMessages: 1 }, gaxOpts: { timeout: PUBLISH_TIMEOUT_MILLIS } })
