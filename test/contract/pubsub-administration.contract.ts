import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { v1 } from '@google-cloud/pubsub'
import { status } from '@grpc/grpc-js'
import { codeOf, freshId, newTopic } from './pubsub-clients.ts'
import type { PubSubSubject } from './pubsub-contract-subject.ts'

const FIRST_ANSWER = { retry: null, timeout: 60_000 }

type SubscriptionRequest = NonNullable<Parameters<v1.SubscriberClient['createSubscription']>[0]>

/** Topics and subscriptions: creation, refusals, updates, deletion. */
export const administrationContract = (subject: PubSubSubject): void => {
  test('a topic exists from its creation to its deletion', async () => {
    const { pubsub } = subject.clients()
    const topic = pubsub.topic(freshId('topic'))
    assert.deepEqual(await topic.exists(), [false])
    await topic.create()
    assert.deepEqual(await topic.exists(), [true])
    const [topics] = await pubsub.getTopics()
    assert.ok(topics.some(({ name }) => name === topic.name))
    await topic.delete()
    assert.equal(await codeOf(topic.getMetadata(FIRST_ANSWER)), status.NOT_FOUND)
  })

  test('a second creation of a topic or a subscription is ALREADY_EXISTS', async () => {
    const { pubsub } = subject.clients()
    const topic = await newTopic(subject.clients())
    const id = freshId('sub')
    await topic.createSubscription(id)
    assert.equal(await codeOf(pubsub.createTopic(topic.name)), status.ALREADY_EXISTS)
    assert.equal(await codeOf(topic.createSubscription(id)), status.ALREADY_EXISTS)
  })

  for (const id of ['ab', '1topic', 'googletopic', 'with space', 'a'.repeat(256)]) {
    test(`the topic id ${id.slice(0, 12)} of ${id.length} characters is INVALID_ARGUMENT`, async () => {
      assert.equal(await codeOf(subject.clients().pubsub.createTopic(id)), status.INVALID_ARGUMENT)
    })
  }

  test('an id of 3 characters and one of 255 are taken', async () => {
    const { pubsub } = subject.clients()
    await pubsub.createTopic('abc')
    await pubsub.createTopic(`b${'~%+-_.'.repeat(42)}xy`)
  })

  test('publishing to a missing topic is NOT_FOUND', async () => {
    const { publisher, project } = subject.clients()
    const topic = `projects/${project}/topics/${freshId('missing')}`
    const call = publisher.publish({ topic, messages: [{ data: Buffer.from('x') }] }, FIRST_ANSWER)
    assert.equal(await codeOf(call), status.NOT_FOUND)
  })

  test('a message without data and attributes is INVALID_ARGUMENT', async () => {
    const topic = await newTopic(subject.clients())
    const call = subject.clients().publisher.publish({ topic: topic.name, messages: [{}] }, FIRST_ANSWER)
    assert.equal(await codeOf(call), status.INVALID_ARGUMENT)
  })

  const overLimit = { skip: subject.capabilities.enforcesLimits ? false : 'this server does not enforce the limit' }
  for (const [what, message] of [
    ['over 10 MB', { data: Buffer.alloc(10_000_001) }],
    ['with an attribute key that starts with goog', { attributes: { googX: '1' } }],
    ['with an attribute value over 1024 bytes', { attributes: { key: 'v'.repeat(1025) } }],
  ] as const) {
    test(`a message ${what} is INVALID_ARGUMENT`, overLimit, async () => {
      const topic = await newTopic(subject.clients())
      const call = subject.clients().publisher.publish({ topic: topic.name, messages: [message] }, FIRST_ANSWER)
      assert.equal(await codeOf(call), status.INVALID_ARGUMENT)
    })
  }

  test('a subscription to a missing topic is NOT_FOUND', async () => {
    const { pubsub } = subject.clients()
    const call = pubsub.topic(freshId('missing')).createSubscription(freshId('sub'))
    assert.equal(await codeOf(call), status.NOT_FOUND)
  })

  const create = async (fields: SubscriptionRequest) => {
    const { subscriber, project } = subject.clients()
    const topic = await newTopic(subject.clients())
    const name = `projects/${project}/subscriptions/${freshId('sub')}`
    return subscriber.createSubscription({ name, topic: topic.name, ...fields }, FIRST_ANSWER)
  }

  for (const [what, fields] of [
    ['an ack deadline of 601 s', { ackDeadlineSeconds: 601 }],
    ['a minimum back-off of 601 s', { retryPolicy: { minimumBackoff: { seconds: 601 } } }],
    [
      'a maximum back-off under the minimum',
      { retryPolicy: { minimumBackoff: { seconds: 20 }, maximumBackoff: { seconds: 5 } } },
    ],
    ['an endpoint that is not http(s)', { pushConfig: { pushEndpoint: 'ftp://127.0.0.1/' } }],
  ] satisfies [string, SubscriptionRequest][]) {
    test(`${what} is INVALID_ARGUMENT`, async () => {
      assert.equal(await codeOf(create(fields)), status.INVALID_ARGUMENT)
    })
  }

  test('an ack deadline of 9 s is INVALID_ARGUMENT', overLimit, async () => {
    assert.equal(await codeOf(create({ ackDeadlineSeconds: 9 })), status.INVALID_ARGUMENT)
  })

  for (const maxDeliveryAttempts of [4, 101]) {
    test(`${maxDeliveryAttempts} delivery attempts before the dead letter are OUT_OF_RANGE`, async () => {
      const { name: deadLetterTopic } = await newTopic(subject.clients())
      const call = create({ deadLetterPolicy: { deadLetterTopic, maxDeliveryAttempts } })
      assert.equal(await codeOf(call), status.OUT_OF_RANGE)
    })
  }

  test('a missing dead-letter topic is NOT_FOUND', async () => {
    const deadLetterTopic = `projects/${subject.clients().project}/topics/${freshId('missing')}`
    assert.equal(await codeOf(create({ deadLetterPolicy: { deadLetterTopic } })), status.NOT_FOUND)
  })

  test('what was left out of a subscription gets the documented defaults', async () => {
    const { name: deadLetterTopic } = await newTopic(subject.clients())
    const [created] = await create({ retryPolicy: {}, deadLetterPolicy: { deadLetterTopic } })
    assert.equal(created.ackDeadlineSeconds, 10)
    assert.equal(Number(created.messageRetentionDuration?.seconds), 7 * 86_400)
    assert.equal(Number(created.retryPolicy?.minimumBackoff?.seconds), 10)
    assert.equal(Number(created.retryPolicy?.maximumBackoff?.seconds), 600)
    assert.equal(created.deadLetterPolicy?.maxDeliveryAttempts, 5)
  })

  test('an update changes the fields in the mask and no other', async () => {
    const { subscriber } = subject.clients()
    const [created] = await create({ ackDeadlineSeconds: 30, retryPolicy: { minimumBackoff: { seconds: 7 } } })
    const changes = {
      name: created.name ?? '',
      ackDeadlineSeconds: 40,
      retryPolicy: { minimumBackoff: { seconds: 8 } },
    }
    await subscriber.updateSubscription(
      { subscription: changes, updateMask: { paths: ['ack_deadline_seconds'] } },
      FIRST_ANSWER,
    )
    const [updated] = await subscriber.getSubscription({ subscription: changes.name }, FIRST_ANSWER)
    assert.equal(updated.ackDeadlineSeconds, 40)
    assert.equal(Number(updated.retryPolicy?.minimumBackoff?.seconds), 7)
    assert.equal(updated.topic, created.topic)
  })

  for (const [what, paths] of [
    ['an empty mask', []],
    ['an unknown field', ['nonsense']],
    ['the camelCase name of a field', ['ackDeadlineSeconds']],
    ['the topic', ['topic']],
  ] satisfies [string, string[]][]) {
    test(`an update of ${what} is INVALID_ARGUMENT`, async () => {
      const [created] = await create({})
      const request = {
        subscription: { name: created.name ?? '', topic: 'projects/p/topics/other' },
        updateMask: { paths },
      }
      const call = subject.clients().subscriber.updateSubscription(request, FIRST_ANSWER)
      assert.equal(await codeOf(call), status.INVALID_ARGUMENT)
    })
  }

  test('the labels of a topic can be updated', { skip: !subject.capabilities.updatesLabels }, async () => {
    const topic = await newTopic(subject.clients())
    await topic.setMetadata({ labels: { team: 'video' } })
    const [metadata] = await topic.getMetadata()
    assert.deepEqual(metadata.labels, { team: 'video' })
  })

  test('a subscription outlives its topic, which it then calls _deleted-topic_', async () => {
    const topic = await newTopic(subject.clients())
    const [subscription] = await topic.createSubscription(freshId('sub'))
    const [names] = await topic.getSubscriptions()
    assert.deepEqual(
      names.map(({ name }) => name),
      [subscription.name],
    )
    await topic.delete()
    const [metadata] = await subscription.getMetadata()
    assert.equal(metadata.topic, '_deleted-topic_')
    await subscription.delete()
    assert.deepEqual(await subscription.exists(), [false])
  })
}
