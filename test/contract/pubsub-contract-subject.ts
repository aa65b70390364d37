import type { PubSubClients } from './pubsub-clients.ts'
import type { Answer, Push, PushEndpoint } from './pubsub-push-endpoint.ts'

/** What the contract is replayed against. */
export type PubSubSubject = {
  name: string
  clients(): PubSubClients
  /** An endpoint that the subject can reach. */
  endpoint(answer?: (push: Push, index: number) => Answer | Promise<Answer>): Promise<PushEndpoint>
  /** What Google does and the official emulator is known not to do: these expectations are left out for it. */
  capabilities: {
    /** Authorization, Google's User-Agent and deliveryAttempt on pushes. */
    authenticatesAndCounts: boolean
    /** Refuses an ack deadline under 10 s, messages over 10 MB, attribute keys that start with goog. */
    enforcesLimits: boolean
    /** Takes 202 for an acknowledgement and 203 for none, as Google's documentation has it. */
    acknowledgesByTheDocument: boolean
    /** Delivers only what the subscription's filter accepts. */
    filters: boolean
    /** UpdateTopic knows labels. */
    updatesLabels: boolean
  }
}
