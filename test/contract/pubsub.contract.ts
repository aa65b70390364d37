import { describe } from 'node:test'
import { administrationContract } from './pubsub-administration.contract.ts'
import type { PubSubSubject } from './pubsub-contract-subject.ts'
import { deliveryContract } from './pubsub-delivery.contract.ts'
import { pullContract } from './pubsub-pull.contract.ts'

/** What Reelway expects of Pub/Sub, whoever serves it: the local server and the official emulator pass the same suite. */
export const pubSubContract = (subject: PubSubSubject): void => {
  describe(`Pub/Sub as served by ${subject.name}`, { concurrency: true, timeout: 300_000 }, () => {
    administrationContract(subject)
    deliveryContract(subject)
    pullContract(subject)
  })
}
