import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { status as grpcStatus } from '@grpc/grpc-js'
import { names } from '@reelway/local/cloud-resources.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { Client, uploadFile } from '../support/client.ts'
import { makeVideo } from '../videos/make-video.ts'
import { useStack } from './place.ts'
import { eventually, jobPushes, resultsOf, workFiles } from './watch-stack.ts'

describe('messages that come twice, late, or not at all', () => {
  const place = useStack()
  let client: Client
  let video: string
  before(async () => {
    client = await Client.signUp(place.stack.webUrl)
    video = await makeVideo('seven-seconds')
  })

  test('a job that is delivered twice at the same time is converted once', async () => {
    const { stack } = place
    const startedAt = new Date()
    stack.pubsub.faults.duplicateDeliveries({ subscription: names.jobs, count: 1 })
    const task = await client.convert(video, { preset: 'mp4-720p' })
    assert.equal(task.error, null)
    assert.equal(task.attempts, 1)
    assert.equal(task.outputs.length, 1)
    await stack.pubsub.idle()
    assert.deepEqual(jobPushes(stack, startedAt), [204, 204])
    assert.equal((await resultsOf(stack, task.id)).length, 1)
    assert.deepEqual(await workFiles(stack), [])
  })

  test('a job that is delivered again after it was done is not converted again', async () => {
    const { stack } = place
    const startedAt = new Date()
    // The work is done, but Pub/Sub never hears so: it delivers again.
    const done = stack.pubsub.deliveries.subscribe(() => undefined)
    stack.pubsub.faults.cutDeliveries({ subscription: names.jobs, count: 1, afterMs: 200 })
    const task = await client.convert(video, { preset: 'mp4-720p' })
    done()
    assert.equal(task.attempts, 1)
    await stack.pubsub.idle()
    assert.equal(jobPushes(stack, startedAt)[0], 'cut')
    assert.equal(jobPushes(stack, startedAt).at(-1), 204)
    assert.equal((await resultsOf(stack, task.id)).length, 1)
  })

  test("an upload is known by the bucket's notification alone", async () => {
    const { task, upload } = await client.createTask(video, { preset: 'mp4-720p' })
    await uploadFile(upload, video)
    const settled = await client.settled(task.id)
    assert.equal(settled.error, null)
    assert.equal(settled.status, 'completed')
  })

  test("an upload is known by the client's word alone", async () => {
    place.stack.pubsub.faults.dropDeliveries({ subscription: names.uploads, count: 1 })
    const settled = await client.convert(video, { preset: 'mp4-720p' })
    assert.equal(settled.error, null)
    assert.equal(settled.status, 'completed')
  })

  test('an upload whose notification was dead-lettered is taken from the dead letter', async () => {
    const { pubsub } = place.stack
    pubsub.faults.dropDeliveries({ subscription: names.uploads, count: 1 })
    const { task, upload } = await client.createTask(video, { preset: 'mp4-720p' })
    await uploadFile(upload, video)
    const attributes = {
      eventType: 'OBJECT_FINALIZE',
      bucketId: names.uploadsBucket,
      objectId: sourceObjectName(task.id),
      objectGeneration: '1',
      CloudPubSubDeadLetterSourceSubscription: names.uploads,
    }
    await pubsub.publish(`projects/${names.project}/topics/${names.deadLetter}`, {
      data: Buffer.from('{}'),
      attributes,
    })
    assert.equal((await client.settled(task.id)).error, null)
  })

  test('a job that could not be published is published by the reaper', async () => {
    const { faults } = place.stack.pubsub
    faults.publishFails({ topic: names.jobs, count: 1, code: grpcStatus.PERMISSION_DENIED })
    const queued = await client.submit(video, { preset: 'mp4-720p' })
    const settled = await client.settled(queued.id)
    assert.equal(settled.error, null)
    assert.equal(settled.attempts, 1)
    assert.equal((await resultsOf(place.stack, queued.id)).length, 1)
  })

  test('what is queued while batch is down is converted when it comes back', async () => {
    const { stack } = place
    await stack.batch.process.stop()
    const queued = await client.submit(video, { preset: 'mp4-720p' })
    assert.equal(queued.status, 'queued')
    await eventually('a push that finds nobody', () => jobPushes(stack, new Date(queued.createdAt)).length > 0)
    await stack.restartBatch()
    const settled = await client.settled(queued.id)
    assert.equal(settled.error, null)
    assert.equal(settled.attempts, 1)
  })
})
