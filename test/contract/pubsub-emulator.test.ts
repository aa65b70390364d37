import { after, before, test } from 'node:test'
import { pubSubContract } from './pubsub.contract.ts'
import { connectClients, freshId, type PubSubClients } from './pubsub-clients.ts'
import { startPushEndpoint } from './pubsub-push-endpoint.ts'

const host = process.env.PUBSUB_OFFICIAL_EMULATOR_HOST

if (host === undefined || host === '') {
  test('the official emulator passes the Pub/Sub contract', {
    skip: 'PUBSUB_OFFICIAL_EMULATOR_HOST is not set to the HOST:PORT of the official emulator',
  })
} else {
  let clients: PubSubClients
  before(() => {
    clients = connectClients(host, freshId(`contract-${Date.now()}`))
  })
  after(() => clients.close())

  pubSubContract({
    name: 'the official emulator',
    clients: () => clients,
    endpoint: startPushEndpoint,
    capabilities: {
      authenticatesAndCounts: false,
      enforcesLimits: false,
      acknowledgesByTheDocument: false,
      filters: false,
      updatesLabels: false,
    },
  })
}
