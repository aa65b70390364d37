import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { status } from '@grpc/grpc-js'
import type { Delivery } from '../../infra/local/pubsub/delivery-record.ts'
import { codeOf, freshId, newTopic } from './pubsub-clients.ts'
import { type LocalPubSub, startLocalPubSub } from './pubsub-local-server.ts'
import { type Answer, startPushEndpoint, textOf } from './pubsub-push-endpoint.ts'

let local: LocalPubSub
before(async () => {
  local = await startLocalPubSub()
})
after(() => local.close())

/** A push subscription, and a way to publish texts one after the other and wait until all are settled. */
const pushSubscription = async (answer: (index: number) => Answer | Promise<Answer> = () => 204) => {
  const topic = await newTopic(local.clients)
  const endpoint = await startPushEndpoint((_push, index) => answer(index))
  const id = freshId('sub')
  await topic.createSubscription(id, { pushConfig: { pushEndpoint: endpoint.url } })
  return {
    id,
    topic,
    endpoint,
    publish: async (...texts: string[]) => {
      for (const text of texts) await topic.publishMessage({ data: Buffer.from(text) })
      await local.server.idle()
    },
    texts: () => endpoint.pushes.map(textOf),
    attempts: (): Delivery[] => local.server.deliveries.recent().filter(({ subscription }) => subscription === id),
    [Symbol.asyncDispose]: () => endpoint.close(),
  }
}

test('a dropped delivery never reaches the endpoint, counts as failed, and the message comes all the same', async () => {
  await using push = await pushSubscription()
  local.server.faults.dropDeliveries({ subscription: push.id, count: 2 })
  await push.publish('x')
  assert.deepEqual(push.texts(), ['x'])
  assert.deepEqual(
    push.attempts().map(({ end, deliveryAttempt }) => `${deliveryAttempt} ${end}`),
    ['1 dropped', '2 dropped', '3 answered'],
  )
})

test('a duplicated delivery reaches the endpoint twice as one attempt', async () => {
  await using push = await pushSubscription()
  local.server.faults.duplicateDeliveries({ subscription: push.id, count: 1 })
  await push.publish('twice', 'once')
  assert.deepEqual(push.texts(), ['twice', 'twice', 'once'])
  assert.deepEqual(
    push.attempts().map(({ deliveryAttempt }) => deliveryAttempt),
    [1, 1, 1],
  )
})

test('one acknowledgement is enough for a duplicated delivery', async () => {
  await using push = await pushSubscription((index) => (index === 0 ? 500 : 204))
  local.server.faults.duplicateDeliveries({ subscription: push.id, count: 1 })
  await push.publish('x')
  assert.equal(push.endpoint.pushes.length, 2)
})

test('a delayed delivery arrives no earlier than the delay', async () => {
  await using push = await pushSubscription()
  local.server.faults.delayDeliveries({ subscription: push.id, count: 1, delayMs: 400 })
  const publishedAtMs = Date.now()
  await push.publish('late')
  assert.ok((push.endpoint.pushes[0]?.startedAtMs ?? 0) - publishedAtMs >= 395)
})

test('a reordered delivery arrives after a later message, and no earlier one sets it free', async () => {
  await using push = await pushSubscription((index) => (index === 0 ? sleep(100, 204 as const) : 204))
  await push.topic.publishMessage({ data: Buffer.from('earlier') })
  local.server.faults.reorderDeliveries({ subscription: push.id, count: 1, waitAtMostMs: 60_000 })
  await push.topic.publishMessage({ data: Buffer.from('held back') })
  await sleep(500)
  assert.deepEqual(push.texts(), ['earlier'])
  const publishedAtMs = Date.now()
  await push.publish('later')
  assert.deepEqual(push.texts(), ['earlier', 'later', 'held back'])
  assert.ok(Date.now() - publishedAtMs < 30_000)
})

test('a reordered delivery without a later message arrives when its wait is over', async () => {
  await using push = await pushSubscription()
  local.server.faults.reorderDeliveries({ subscription: push.id, count: 1, waitAtMostMs: 200 })
  await push.publish('alone')
  assert.deepEqual(push.texts(), ['alone'])
})

test('a cut connection counts as failed while the endpoint still works on it', async () => {
  await using push = await pushSubscription((index) => (index === 0 ? 'hang' : 204))
  local.server.faults.cutDeliveries({ subscription: push.id, count: 1, afterMs: 500 })
  await push.publish('x')
  assert.deepEqual(
    push.attempts().map(({ end, status: answer }) => `${end} ${answer}`),
    ['cut undefined', 'answered 204'],
  )
  assert.equal(push.endpoint.abandoned.length, 1)
})

test('a rule for one subscription leaves the others alone', async () => {
  await using hit = await pushSubscription()
  await using other = await pushSubscription()
  local.server.faults.dropDeliveries({ subscription: hit.id, count: 1 })
  await other.publish('x')
  assert.equal(other.attempts()[0]?.end, 'answered')
  await hit.publish('x')
  assert.equal(hit.attempts()[0]?.end, 'dropped')
})

test('a failed Publish has the code of the rule, and its message is not kept', async () => {
  await using push = await pushSubscription()
  const { publisher } = local.clients
  const request = { topic: push.topic.name, messages: [{ data: Buffer.from('lost') }] }
  const topic = push.topic.name.split('/').at(-1) ?? ''
  local.server.faults.publishFails({ topic, count: 1, code: status.RESOURCE_EXHAUSTED })
  assert.equal(await codeOf(publisher.publish(request, { retry: null })), status.RESOURCE_EXHAUSTED)
  await push.publish('kept')
  assert.deepEqual(push.texts(), ['kept'])
})

test('a Publish whose answer is lost is retried by the client, so that the message comes twice', async () => {
  await using push = await pushSubscription()
  const topic = push.topic.name.split('/').at(-1) ?? ''
  local.server.faults.publishFails({ topic, count: 1, code: status.UNAVAILABLE, afterStoring: true })
  await push.publish('twice')
  assert.deepEqual(push.texts(), ['twice', 'twice'])
})

test('cleared rules do nothing more', async () => {
  await using push = await pushSubscription()
  local.server.faults.dropDeliveries({ subscription: push.id, count: 10 })
  local.server.faults.clear()
  await push.publish('x')
  assert.equal(push.attempts()[0]?.end, 'answered')
})
