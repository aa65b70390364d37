import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { retryDelayMs } from '../../infra/local/pubsub/retry-policy.ts'
import { freshId, newTopic, pullMessages } from './pubsub-clients.ts'
import { type LocalPubSub, startLocalPubSub } from './pubsub-local-server.ts'
import { type Answer, type PushEndpoint, startPushEndpoint, wrappedMessage } from './pubsub-push-endpoint.ts'

let local: LocalPubSub
before(async () => {
  local = await startLocalPubSub({ maxOutstandingPushes: new Map([['two-at-once', 2]]) })
})
after(() => local.close())

const withEndpoint = async (
  answer: (index: number) => Answer | Promise<Answer>,
  use: (endpoint: PushEndpoint) => Promise<void>,
) => {
  const endpoint = await startPushEndpoint((_push, index) => answer(index))
  try {
    await use(endpoint)
    // An answer on its way when the endpoint closes would be a failure, and be retried for ever.
    await local.server.idle()
  } finally {
    await endpoint.close()
  }
}

const gapsMs = ({ pushes }: PushEndpoint): number[] =>
  pushes.slice(1).map(({ startedAtMs }, index) => startedAtMs - (pushes[index]?.startedAtMs ?? 0))

// Together, because Google's shortest ack deadline takes 10 s.
describe('redelivery', { concurrency: true, timeout: 300_000 }, () => {
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
    const [first, second] = await endpoint.received(2)
    await local.server.idle()
    assert.equal(wrappedMessage(second).deliveryAttempt, 2)
    assert.deepEqual(endpoint.abandoned, [first])
    const [missed, answered] = local.server.deliveries.recent()
    assert.equal(missed?.end, 'deadline-missed')
    const lastedMs = Number(missed?.endedAt) - Number(missed?.startedAt)
    assert.ok(lastedMs >= 9_990 && lastedMs < 30_000, `${lastedMs} ms`)
    assert.equal(answered?.status, 204)
  })

  test('the back-off doubles from the minimum and stops at the maximum', () => {
    const policy = { minimumBackoff: { seconds: 10, nanos: 0 }, maximumBackoff: { seconds: 60, nanos: 0 } }
    assert.deepEqual(
      [1, 2, 3, 4, 5, 100].map((failures) => retryDelayMs(policy, failures)),
      [10_000, 20_000, 40_000, 60_000, 60_000, 60_000],
    )
  })

  test('a policy of zero and no policy at all still leave a pause', () => {
    const zero = { seconds: 0, nanos: 0 }
    assert.ok(retryDelayMs({ minimumBackoff: zero, maximumBackoff: zero }, 1) > 0)
    assert.ok(retryDelayMs(undefined, 1) > 0)
  })

  test('failed pushes are repeated after the back-off, not before', async () => {
    await withEndpoint(
      (index) => (index < 3 ? 503 : 204),
      async (endpoint) => {
        const topic = await newTopic(local.clients)
        await topic.createSubscription(freshId('sub'), {
          pushConfig: { pushEndpoint: endpoint.url },
          retryPolicy: { minimumBackoff: { seconds: 0, nanos: 200_000_000 }, maximumBackoff: { seconds: 1 } },
        })
        await topic.publishMessage({ data: Buffer.from('x') })
        await endpoint.received(4)
        const [first = 0, second = 0, third = 0] = gapsMs(endpoint)
        assert.ok(first >= 195 && second >= 395 && third >= 795, `gaps of ${first}, ${second} and ${third} ms`)
      },
    )
  })

  test('an endpoint that does not listen counts as a failed attempt each time', async () => {
    const endpoint = await startPushEndpoint()
    await endpoint.close()
    const [topic, deadLetters] = [await newTopic(local.clients), await newTopic(local.clients)]
    const [dead] = await deadLetters.createSubscription(freshId('dead'))
    const id = freshId('sub')
    await topic.createSubscription(id, {
      pushConfig: { pushEndpoint: endpoint.url },
      deadLetterPolicy: { deadLetterTopic: deadLetters.name, maxDeliveryAttempts: 5 },
    })
    await topic.publishMessage({ data: Buffer.from('x') })
    assert.equal((await pullMessages(local.clients, dead.name, 1)).length, 1)
    const attempts = local.server.deliveries.recent().filter(({ subscription }) => subscription === id)
    assert.deepEqual(
      attempts.map(({ deliveryAttempt, end }) => `${deliveryAttempt} ${end}`),
      [1, 2, 3, 4, 5].map((attempt) => `${attempt} connection-failed`),
    )
  })

  test('while the dead-letter topic is missing the message is retried; once it is there, forwarded', async () => {
    await withEndpoint(
      () => 500,
      async (endpoint) => {
        const [topic, deadLetters] = [await newTopic(local.clients), await newTopic(local.clients)]
        await topic.createSubscription(freshId('sub'), {
          pushConfig: { pushEndpoint: endpoint.url },
          deadLetterPolicy: { deadLetterTopic: deadLetters.name, maxDeliveryAttempts: 5 },
        })
        await deadLetters.delete()
        await topic.publishMessage({ data: Buffer.from('x') })
        await endpoint.received(7)
        await deadLetters.create()
        const [dead] = await deadLetters.createSubscription(freshId('dead'))
        // The forward may have fallen between the two calls, before the subscription was there.
        await topic.publishMessage({ data: Buffer.from('y') })
        const letters = await pullMessages(local.clients, dead.name, 1)
        assert.ok(Number(letters[0]?.attributes.CloudPubSubDeadLetterSourceDeliveryCount) >= 5)
      },
    )
  })

  test('no more pushes are open at once than the subscription may have', async () => {
    let open = 0
    let most = 0
    const two = Promise.withResolvers<void>()
    await withEndpoint(
      async () => {
        open += 1
        most = Math.max(most, open)
        if (open === 2) two.resolve()
        await two.promise
        await sleep(50)
        open -= 1
        return 204
      },
      async (endpoint) => {
        const topic = await newTopic(local.clients)
        await topic.createSubscription('two-at-once', { pushConfig: { pushEndpoint: endpoint.url } })
        for (let index = 0; index < 6; index += 1) await topic.publishMessage({ data: Buffer.from(`${index}`) })
        const requests = await endpoint.received(6)
        assert.equal(new Set(requests.map((request) => wrappedMessage(request).message.messageId)).size, 6)
        assert.equal(most, 2)
      },
    )
  })

  test('102 acknowledges although the final answer never comes', async () => {
    await withEndpoint(
      () => 102,
      async (endpoint) => {
        const topic = await newTopic(local.clients)
        const id = freshId('sub')
        await topic.createSubscription(id, { pushConfig: { pushEndpoint: endpoint.url } })
        await topic.publishMessage({ data: Buffer.from('x') })
        await local.server.idle()
        const attempts = local.server.deliveries.recent().filter(({ subscription }) => subscription === id)
        assert.deepEqual(
          attempts.map(({ status, end }) => `${end} ${status}`),
          ['answered 102'],
        )
      },
    )
  })
})
