import { after, before } from 'node:test'
import { pubSubContract } from './pubsub.contract.ts'
import { type LocalPubSub, startLocalPubSub } from './pubsub-local-server.ts'
import { startPushEndpoint } from './pubsub-push-endpoint.ts'

let local: LocalPubSub
before(async () => {
  local = await startLocalPubSub()
})
after(() => local.close())

pubSubContract({
  name: 'infra/local/pubsub',
  clients: () => local.clients,
  endpoint: startPushEndpoint,
  capabilities: {
    authenticatesAndCounts: true,
    enforcesLimits: true,
    acknowledgesByTheDocument: true,
    filters: true,
    updatesLabels: true,
  },
})
