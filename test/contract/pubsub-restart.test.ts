import assert from 'node:assert/strict'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js'
import { startPubSubServer } from '../../infra/local/pubsub/server.ts'
import { freshId } from './pubsub-clients.ts'
import { type LocalPubSub, SIGNING_KEY, startLocalPubSub } from './pubsub-local-server.ts'
import { startPushEndpoint, textOf, wrappedMessage } from './pubsub-push-endpoint.ts'

const TOPIC = 'projects/restart/topics/jobs'
const DEAD = 'projects/restart/topics/dead'

const subscribe = async ({ clients }: LocalPubSub, pushEndpoint: string, backoffSeconds = 1): Promise<void> => {
  for (const name of [TOPIC, DEAD]) await clients.publisher.createTopic({ name })
  await clients.subscriber.createSubscription({
    name: 'projects/restart/subscriptions/push',
    topic: TOPIC,
    pushConfig: { pushEndpoint },
    retryPolicy: { minimumBackoff: { seconds: backoffSeconds }, maximumBackoff: { seconds: 600 } },
    deadLetterPolicy: { deadLetterTopic: DEAD, maxDeliveryAttempts: 10 },
  })
}

/** What is among `after` more often than among `before`. */
const added = (before: readonly string[], after: readonly string[]): string[] => {
  const rest = [...before]
  return after.filter((kind) => {
    const place = rest.indexOf(kind)
    if (place >= 0) rest.splice(place, 1)
    return place < 0
  })
}

const message = (text: string) => ({ data: Buffer.from(text), attributes: { text } })

test('unacknowledged messages are delivered after a restart, with their attempts; acknowledged ones are not', async (t) => {
  const first = await startLocalPubSub()
  const endpoint = await startPushEndpoint((push) => (textOf(push) === 'acknowledged' ? 204 : 500))
  await subscribe(first, endpoint.url)
  await first.server.publish(TOPIC, message('acknowledged'))
  const id = await first.server.publish(TOPIC, message('not yet'))
  await endpoint.received(2)
  // The failure is counted when the answer has come back.
  while (first.server.deliveries.recent().length < 2) await sleep(5)
  const second = await first.restart()
  t.after(() => second.close())
  t.after(() => endpoint.close())
  const [, , third] = await endpoint.received(3)
  const redelivered = wrappedMessage(third)
  assert.equal(redelivered.message.messageId, id)
  assert.deepEqual(redelivered.message.attributes, { text: 'not yet' })
  assert.equal(redelivered.deliveryAttempt, 2)
  const next = await second.server.publish(TOPIC, message('acknowledged'))
  assert.ok(BigInt(next) > BigInt(id))
  const [subscription] = await second.clients.subscriber.getSubscription({
    subscription: 'projects/restart/subscriptions/push',
  })
  assert.equal(subscription.deadLetterPolicy?.maxDeliveryAttempts, 10)
})

test('a push that is open when the server closes is aborted and is not counted as failed', async (t) => {
  const first = await startLocalPubSub()
  const endpoint = await startPushEndpoint((_push, index) => (index === 0 ? 'hang' : 204))
  t.after(() => endpoint.close())
  await subscribe(first, endpoint.url)
  await first.server.publish(TOPIC, message('long work'))
  await endpoint.received(1)
  const second = await first.restart()
  t.after(() => second.close())
  const [open, again] = await endpoint.received(2)
  assert.deepEqual(endpoint.abandoned, [open])
  assert.equal(wrappedMessage(again).deliveryAttempt, 1)
})

test('a server that starts paused pushes nothing to an endpoint of an earlier start, and spends no attempt', async (t) => {
  const [old, renewed] = [await startPushEndpoint(() => 500), await startPushEndpoint()]
  t.after(() => Promise.all([old.close(), renewed.close()]))
  const first = await startLocalPubSub()
  // Not again before it is closed.
  await subscribe(first, old.url, 60)
  await first.server.publish(TOPIC, message('kept'))
  while (first.server.deliveries.recent().length < 1) await sleep(5)
  const { directory } = first
  await first.clients.close()
  await first.server.close()

  const second = await startLocalPubSub({ directory, startPaused: true })
  t.after(() => second.close())
  await second.server.publish(TOPIC, message('new'))
  await sleep(200)
  assert.deepEqual(second.server.deliveries.recent(), [])
  const subscription = 'projects/restart/subscriptions/push'
  await second.clients.subscriber.modifyPushConfig({ subscription, pushConfig: { pushEndpoint: renewed.url } })
  await sleep(100)
  assert.equal(renewed.pushes.length, 0)
  second.server.resume()
  await second.server.idle()
  assert.deepEqual(renewed.pushes.map((push) => `${textOf(push)} ${wrappedMessage(push).deliveryAttempt}`).toSorted(), [
    'kept 2',
    'new 1',
  ])
  assert.equal(old.pushes.length, 1)
})

test('ids go on increasing although the last message had no subscription', async (t) => {
  const first = await startLocalPubSub()
  await first.clients.publisher.createTopic({ name: TOPIC })
  const id = await first.server.publish(TOPIC, message('discarded'))
  const second = await first.restart()
  t.after(() => second.close())
  assert.ok(BigInt(await second.server.publish(TOPIC, message('discarded'))) > BigInt(id))
})

test('deleted topics and subscriptions stay deleted after a restart', async (t) => {
  const first = await startLocalPubSub()
  await subscribe(first, 'http://127.0.0.1:1/')
  await first.clients.subscriber.deleteSubscription({ subscription: 'projects/restart/subscriptions/push' })
  await first.clients.publisher.deleteTopic({ topic: DEAD })
  const second = await first.restart()
  t.after(() => second.close())
  const [topics] = await second.clients.publisher.listTopics({ project: 'projects/restart' })
  assert.deepEqual(
    topics.map(({ name }) => name),
    [TOPIC],
  )
  const [subscriptions] = await second.clients.subscriber.listSubscriptions({ project: 'projects/restart' })
  assert.deepEqual(subscriptions, [])
})

test('a last line that a crash cut short is left out; any other broken line stops the start', async (t) => {
  const first = await startLocalPubSub()
  await subscribe(first, 'http://127.0.0.1:1/')
  const log = `${first.directory}/messages.jsonl`
  const { directory } = first
  await first.clients.close()
  await first.server.close()
  await appendFile(log, '{"kind":"message","mess')
  const second = await startLocalPubSub({ directory })
  t.after(() => second.close())
  const [topics] = await second.clients.publisher.listTopics({ project: 'projects/restart' })
  assert.equal(topics.length, 2)
  const other = `${directory}/${freshId('broken')}`
  const third = await startPubSubServer({ directory: other, signingKey: SIGNING_KEY })
  await third.close()
  await writeFile(`${other}/messages.jsonl`, `nonsense\n${await readFile(`${other}/messages.jsonl`, 'utf8')}`)
  await assert.rejects(startPubSubServer({ directory: other, signingKey: SIGNING_KEY }), /messages\.jsonl:1/)
})

test('a second server on a taken port fails to start and leaves the log of the first alone', async (t) => {
  const first = await startLocalPubSub()
  t.after(() => first.close())
  const port = Number(first.server.host.split(':')[1])
  // gRPC reports the taken port on stderr, too.
  setLogVerbosity(logVerbosity.NONE)
  t.after(() => setLogVerbosity(logVerbosity.ERROR))
  await assert.rejects(
    startPubSubServer({ directory: first.directory, signingKey: SIGNING_KEY, port }),
    /cannot listen/,
  )
  await first.clients.publisher.createTopic({ name: TOPIC })
  assert.match(await readFile(`${first.directory}/messages.jsonl`, 'utf8'), /restart\/topics\/jobs/)
})

test('a closed server leaves no socket and no timer behind, whatever was going on', async (t) => {
  const endpoint = await startPushEndpoint((push) => (textOf(push) === 'hang' ? 'hang' : 500))
  t.after(() => endpoint.close())
  const handles = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout/.test(kind))
  const before = handles()
  const local = await startLocalPubSub()
  await subscribe(local, endpoint.url)
  for (const kind of ['delay', 'reorder'] as const) {
    if (kind === 'delay') local.server.faults.delayDeliveries({ count: 1, delayMs: 60_000 })
    else local.server.faults.reorderDeliveries({ count: 1, waitAtMostMs: 60_000 })
    await local.server.publish(TOPIC, message(kind))
  }
  await local.clients.subscriber.createSubscription({ name: 'projects/restart/subscriptions/pull', topic: TOPIC })
  for (const text of ['hang', 'fails']) await local.server.publish(TOPIC, message(text))
  await local.clients.subscriber.pull({ subscription: 'projects/restart/subscriptions/pull', maxMessages: 1 })
  await endpoint.received(2)
  await local.close()
  // Those of the tests before may have gone since, too.
  for (let times = 0; times < 300 && added(before, handles()).length > 0; times += 1) await sleep(100)
  assert.deepEqual(added(before, handles()), [])
})
