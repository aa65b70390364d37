import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshId, newTopic } from './pubsub-clients.ts'
import { startLocalPubSub } from './pubsub-local-server.ts'
import { startPushEndpoint, wrappedMessage } from './pubsub-push-endpoint.ts'

// Its own file, because Google's shortest ack deadline takes 10 s.
test('a push without an answer by the ack deadline is cut off and counts as a failed attempt', async (t) => {
  const local = await startLocalPubSub()
  t.after(() => local.close())
  const endpoint = await startPushEndpoint((_push, index) => (index === 0 ? 'hang' : 204))
  t.after(() => endpoint.close())
  const [topic, deadLetters] = [await newTopic(local.clients), await newTopic(local.clients)]
  await topic.createSubscription(freshId('sub'), {
    ackDeadlineSeconds: 10,
    pushConfig: { pushEndpoint: endpoint.url },
    deadLetterPolicy: { deadLetterTopic: deadLetters.name, maxDeliveryAttempts: 5 },
  })
  await topic.publishMessage({ data: Buffer.from('slow') })
  const [first, second] = await endpoint.received(2, 15_000)
  await local.server.idle()
  assert.equal(wrappedMessage(second).deliveryAttempt, 2)
  assert.deepEqual(endpoint.abandoned, [first])
  const [missed, answered] = local.server.deliveries.recent()
  assert.equal(missed?.end, 'deadline-missed')
  const lastedMs = Number(missed?.endedAt) - Number(missed?.startedAt)
  assert.ok(lastedMs >= 9_990 && lastedMs < 13_000, `${lastedMs} ms`)
  assert.equal(answered?.status, 204)
})
