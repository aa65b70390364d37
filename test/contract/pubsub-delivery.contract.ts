import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CreateSubscriptionOptions, Subscription } from '@google-cloud/pubsub'
import { freshId, newTopic, pullMessages } from './pubsub-clients.ts'
import type { PubSubSubject } from './pubsub-contract-subject.ts'
import { type Answer, textOf, wrappedMessage } from './pubsub-push-endpoint.ts'

const AT_ONCE = { minimumBackoff: { seconds: 0 }, maximumBackoff: { seconds: 0, nanos: 100_000_000 } }

/** Push: the request, what acknowledges, redelivery, dead letters. */
export const deliveryContract = (subject: PubSubSubject): void => {
  const pushSubscription = async (answer?: (index: number) => Answer, options: CreateSubscriptionOptions = {}) => {
    const topic = await newTopic(subject.clients())
    const endpoint = await subject.endpoint((_push, index) => answer?.(index) ?? 204)
    const id = freshId('sub')
    const [subscription] = await topic.createSubscription(id, {
      pushConfig: { pushEndpoint: `${endpoint.url}/push` },
      retryPolicy: AT_ONCE,
      ...options,
    })
    const dispose = async () => {
      await forget(subscription)
      await endpoint.close()
    }
    return { topic, endpoint, subscription, id, [Symbol.asyncDispose]: dispose }
  }

  test('a message arrives in the documented body, with its id, time, data and attributes', async () => {
    await using push = await pushSubscription()
    const id = await push.topic.publishMessage({ data: Buffer.from('{"jobId":"1"}'), attributes: { kind: 'convert' } })
    const [request] = await push.endpoint.received(1)
    const { message, subscription } = wrappedMessage(request)
    assert.equal(request?.path, '/push')
    assert.equal(request?.headers['content-type'], 'application/json')
    assert.equal(message.messageId, id)
    assert.equal(message.message_id, id)
    assert.equal(message.publish_time, message.publishTime)
    assert.ok(Math.abs(Date.parse(message.publishTime) - Date.now()) < 60_000)
    assert.equal(Buffer.from(message.data, 'base64').toString(), '{"jobId":"1"}')
    assert.deepEqual(message.attributes, { kind: 'convert' })
    assert.equal(subscription, push.subscription.name)
  })

  test('a message of attributes alone arrives with empty data', async () => {
    await using push = await pushSubscription()
    await push.topic.publishMessage({ attributes: { eventType: 'OBJECT_FINALIZE' } })
    const [request] = await push.endpoint.received(1)
    assert.equal(wrappedMessage(request).message.data, '')
  })

  test('without a wrapper the body is the data, and the metadata are headers', async () => {
    await using endpoint = { ...(await subject.endpoint()), [Symbol.asyncDispose]: () => endpoint.close() }
    const topic = await newTopic(subject.clients())
    const pushConfig = { pushEndpoint: endpoint.url, noWrapper: { writeMetadata: true } }
    const [subscription] = await topic.createSubscription(freshId('sub'), { pushConfig })
    const id = await topic.publishMessage({ data: Buffer.from('bare'), attributes: { colour: 'red' } })
    const [request] = await endpoint.received(1)
    assert.equal(request?.body, 'bare')
    assert.equal(request?.headers.colour, 'red')
    assert.equal(request?.headers['x-goog-pubsub-message-id'], id)
    assert.equal(request?.headers['x-goog-pubsub-subscription-name'], subscription.name)
    await forget(subscription)
  })

  test('250 messages published together arrive once each, under different ids', async () => {
    await using push = await pushSubscription()
    const texts = Array.from({ length: 250 }, (_, index) => `message ${index}`)
    const ids = await Promise.all(texts.map((text) => push.topic.publishMessage({ data: Buffer.from(text) })))
    const requests = await push.endpoint.received(250)
    assert.deepEqual(requests.map(textOf).toSorted(), texts.toSorted())
    assert.equal(new Set(ids).size, 250)
  })

  test('the ids of messages published one after the other are increasing decimal numbers', async () => {
    const topic = await newTopic(subject.clients())
    const ids: bigint[] = []
    for (const text of ['a', 'b', 'c']) ids.push(BigInt(await topic.publishMessage({ data: Buffer.from(text) })))
    const [first = 0n, second = 0n, third = 0n] = ids
    assert.ok(first < second && second < third)
  })

  test('each subscription gets its own copy, and one created later gets nothing', async () => {
    await using first = await pushSubscription()
    await using second = await pushSubscription()
    const [copy] = await first.topic.createSubscription(freshId('sub'), {
      pushConfig: { pushEndpoint: `${second.endpoint.url}/copy` },
    })
    await first.topic.publishMessage({ data: Buffer.from('both') })
    await Promise.all([first.endpoint.received(1), second.endpoint.received(1)])
    assert.equal(wrappedMessage(second.endpoint.pushes[0]).subscription, copy.name)
    await forget(copy)
    const [late] = await first.topic.createSubscription(freshId('sub'))
    assert.deepEqual(await pullMessages(subject.clients(), late.name, 1, 1000), [])
  })

  const disputed = (answer: Answer) => ({
    skip: (answer === 202 || answer === 203) && !subject.capabilities.acknowledgesByTheDocument,
  })
  for (const answer of [200, 201, 202, 204]) {
    test(`an answer of ${answer} acknowledges`, disputed(answer), async () => {
      await using push = await pushSubscription(() => answer)
      await push.topic.publishMessage({ data: Buffer.from('once') })
      await push.endpoint.received(1)
      await sleep(1500)
      assert.equal(push.endpoint.pushes.length, 1)
    })
  }

  for (const answer of [203, 206, 302, 400, 429, 500, 'break'] as const) {
    test(`an answer of ${answer} does not acknowledge: the same message comes again`, disputed(answer), async () => {
      await using push = await pushSubscription((index) => (index === 0 ? answer : 204))
      await push.topic.publishMessage({ data: Buffer.from('again') })
      const [first, second] = await push.endpoint.received(2)
      assert.equal(wrappedMessage(second).message.messageId, wrappedMessage(first).message.messageId)
    })
  }

  test('a changed push endpoint gets what is published from then on', async () => {
    await using push = await pushSubscription()
    await push.subscription.setMetadata({ pushConfig: { pushEndpoint: `${push.endpoint.url}/updated` } })
    await push.topic.publishMessage({ data: Buffer.from('x') })
    await push.endpoint.received(1)
    await push.subscription.modifyPushConfig({ pushEndpoint: `${push.endpoint.url}/modified` })
    await push.topic.publishMessage({ data: Buffer.from('y') })
    await push.endpoint.received(2)
    assert.deepEqual(
      push.endpoint.pushes.map(({ path }) => path),
      ['/updated', '/modified'],
    )
  })

  test('a deleted subscription is pushed nothing more', async () => {
    await using push = await pushSubscription(() => 500)
    await push.topic.publishMessage({ data: Buffer.from('never taken') })
    await push.endpoint.received(1)
    await push.subscription.delete()
    await sleep(300)
    const pushed = push.endpoint.pushes.length
    await sleep(1000)
    assert.equal(push.endpoint.pushes.length, pushed)
  })

  test('after 5 failed attempts the message is a dead letter that tells where it came from', async () => {
    const deadLetters = await newTopic(subject.clients())
    const [dead] = await deadLetters.createSubscription(freshId('dead'))
    await using push = await pushSubscription(() => 500, {
      deadLetterPolicy: { deadLetterTopic: deadLetters.name, maxDeliveryAttempts: 5 },
    })
    await push.topic.publishMessage({ data: Buffer.from('poison'), attributes: { kind: 'convert' } })
    const [letter] = await pullMessages(subject.clients(), dead.name, 1)
    const published = wrappedMessage(push.endpoint.pushes[0]).message.publishTime
    assert.equal(letter?.data, 'poison')
    const { CloudPubSubDeadLetterSourceTopicPublishTime: time, ...attributes } = letter?.attributes ?? {}
    assert.deepEqual(attributes, {
      kind: 'convert',
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
      CloudPubSubDeadLetterSourceSubscription: push.id,
      CloudPubSubDeadLetterSourceSubscriptionProject: subject.clients().project,
    })
    assert.equal(Date.parse(time ?? ''), Date.parse(published))
    assert.equal(push.endpoint.pushes.length, 5)
  })

  const counts = { skip: subject.capabilities.authenticatesAndCounts ? false : 'this server neither signs nor counts' }
  test('deliveryAttempt counts from 1 with a dead-letter policy and is absent without one', counts, async () => {
    const { name: deadLetterTopic } = await newTopic(subject.clients())
    await using counted = await pushSubscription((index) => (index < 2 ? 500 : 204), {
      deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts: 5 },
    })
    await using uncounted = await pushSubscription()
    await counted.topic.publishMessage({ data: Buffer.from('x') })
    await uncounted.topic.publishMessage({ data: Buffer.from('x') })
    const requests = await counted.endpoint.received(3)
    assert.deepEqual(
      requests.map((request) => wrappedMessage(request).deliveryAttempt),
      [1, 2, 3],
    )
    const [request] = await uncounted.endpoint.received(1)
    assert.equal(wrappedMessage(request).deliveryAttempt, undefined)
  })

  test('a push names Google as its user agent and carries a token only if one is configured', counts, async () => {
    const { endpoint, ...push } = await pushSubscription()
    await using _ = push
    await push.topic.publishMessage({ data: Buffer.from('bare') })
    const pushConfig = { pushEndpoint: endpoint.url, oidcToken: { serviceAccountEmail: 'push@reelway.test' } }
    await endpoint.received(1)
    await push.subscription.setMetadata({ pushConfig })
    await push.topic.publishMessage({ data: Buffer.from('signed') })
    const [bare, signed] = await endpoint.received(2)
    assert.match(bare?.headers['user-agent'] ?? '', /^APIs-Google;/)
    assert.equal(bare?.headers.authorization, undefined)
    assert.match(signed?.headers.authorization ?? '', /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/)
  })
}

// An answer on its way when an endpoint closes counts as a failure: the message would be retried for ever.
const forget = async (subscription: Subscription): Promise<void> => {
  const [exists] = await subscription.exists()
  if (exists) await subscription.delete()
}
