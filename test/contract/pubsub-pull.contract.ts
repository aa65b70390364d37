import assert from 'node:assert/strict'
import { test } from 'node:test'
import { status } from '@grpc/grpc-js'
import { codeOf, freshId, newTopic, pullMessages } from './pubsub-clients.ts'
import type { PubSubSubject } from './pubsub-contract-subject.ts'

const FIRST_ANSWER = { retry: null, timeout: 60_000 }

/** Unary pull: how dead letters are looked at by hand. */
export const pullContract = (subject: PubSubSubject): void => {
  const pullSubscription = async (fields: { filter?: string } = {}) => {
    const topic = await newTopic(subject.clients())
    const [subscription] = await topic.createSubscription(freshId('sub'), fields)
    return { topic, subscription: subscription.name }
  }

  test('a pulled and acknowledged message does not come again', async () => {
    const { topic, subscription } = await pullSubscription()
    await topic.publishMessage({ data: Buffer.from('one'), attributes: { colour: 'red' } })
    assert.deepEqual(await pullMessages(subject.clients(), subscription, 1), [
      { data: 'one', attributes: { colour: 'red' } },
    ])
    assert.deepEqual(await pullMessages(subject.clients(), subscription, 1, 1500), [])
  })

  test('a pulled message whose deadline is set to 0 comes again', async () => {
    const { subscriber } = subject.clients()
    const { topic, subscription } = await pullSubscription()
    await topic.publishMessage({ data: Buffer.from('again') })
    const [{ receivedMessages }] = await subscriber.pull({ subscription, maxMessages: 1 }, FIRST_ANSWER)
    const ackIds = (receivedMessages ?? []).flatMap(({ ackId }) => ackId ?? [])
    assert.equal(ackIds.length, 1)
    await subscriber.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds: 0 }, FIRST_ANSWER)
    assert.deepEqual(await pullMessages(subject.clients(), subscription, 1), [{ data: 'again', attributes: {} }])
  })

  const filters = { skip: subject.capabilities.filters ? false : 'this server ignores filters' }
  test('a filter lets through only messages whose attributes satisfy every condition', filters, async () => {
    const filter = 'attributes.kind = "convert" AND hasPrefix(attributes.owner, "a") AND attributes:urgent'
    const { topic, subscription } = await pullSubscription({ filter })
    const passing = { kind: 'convert', owner: 'anna', urgent: '' }
    for (const attributes of [
      { ...passing, kind: 'part' },
      { ...passing, owner: 'bo' },
      { kind: 'convert', owner: 'al' },
    ]) {
      await topic.publishMessage({ data: Buffer.from('no'), attributes })
    }
    await topic.publishMessage({ data: Buffer.from('yes'), attributes: passing })
    const clients = subject.clients()
    assert.deepEqual(await pullMessages(clients, subscription, 1), [{ data: 'yes', attributes: passing }])
    assert.deepEqual(await pullMessages(clients, subscription, 1, 1500), [])
  })

  test('an ack id that was never given out is INVALID_ARGUMENT', async () => {
    const { subscription } = await pullSubscription()
    const call = subject.clients().subscriber.acknowledge({ subscription, ackIds: ['nonsense'] }, FIRST_ANSWER)
    assert.equal(await codeOf(call), status.INVALID_ARGUMENT)
  })
}
