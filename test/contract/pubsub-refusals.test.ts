import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { CreateSubscriptionOptions } from '@google-cloud/pubsub'
import { status } from '@grpc/grpc-js'
import { parseFilter } from '../../infra/local/pubsub/filter.ts'
import { codeOf, freshId, newTopic } from './pubsub-clients.ts'
import { type LocalPubSub, startLocalPubSub } from './pubsub-local-server.ts'

let local: LocalPubSub
before(async () => {
  local = await startLocalPubSub()
})
after(() => local.close())

const createSubscription = async (options: CreateSubscriptionOptions) => {
  const topic = await newTopic(local.clients)
  return topic.createSubscription(freshId('sub'), options)
}

for (const filter of [
  'attributes.a = "1" OR attributes.b = "2"',
  'NOT attributes:a',
  'attributes.a != "1"',
  '(attributes:a)',
  'attributes:a AND',
  'attributes.a = 1',
  'attributes:a attributes:b',
]) {
  test(`the filter ${filter} is INVALID_ARGUMENT rather than half understood`, async () => {
    assert.equal(await codeOf(createSubscription({ filter })), status.INVALID_ARGUMENT)
  })
}

test('quoted keys and values may hold spaces, AND and escaped quotes', () => {
  const accepts = parseFilter(String.raw`attributes."my key" = "a AND \"b\"" AND attributes:other`)
  assert.equal(accepts({ 'my key': 'a AND "b"', other: '' }), true)
  assert.equal(accepts({ 'my key': 'a AND b', other: '' }), false)
})

for (const [feature, options] of [
  ['message ordering', { enableMessageOrdering: true }],
  ['exactly-once delivery', { enableExactlyOnceDelivery: true }],
  ['an export subscription', { bigqueryConfig: { table: 'project.dataset.table' } }],
] satisfies [string, CreateSubscriptionOptions][]) {
  test(`${feature} is UNIMPLEMENTED rather than silently ignored`, async () => {
    assert.equal(await codeOf(createSubscription(options)), status.UNIMPLEMENTED)
  })
}

test('a streaming pull is UNIMPLEMENTED', async () => {
  const [subscription] = await createSubscription({})
  const failed = new Promise<unknown>((resolve) => subscription.on('error', resolve))
  subscription.on('message', () => assert.fail('a message without a publication'))
  assert.equal(await codeOf(failed.then((error) => Promise.reject(error))), status.UNIMPLEMENTED)
  await subscription.close()
})
