import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type LocalPlace, openLocalPlace } from './storage-place.ts'

describe('notifications of the local Cloud Storage', () => {
  let place: LocalPlace
  let failures = 0
  const published: LocalPlace['published'] = []
  before(async () => {
    place = await openLocalPlace({
      async publish(topic, message) {
        if (failures > 0) {
          failures -= 1
          throw new Error('Pub/Sub is away')
        }
        published.push({ topic, message })
      },
    })
    await place.storage.bucket('contract').createNotification('projects/local/topics/changes', {
      eventTypes: ['OBJECT_FINALIZE'],
      objectNamePrefix: 'uploads/',
      customAttributes: { from: 'test' },
    })
    await place.storage.bucket('contract').createNotification('projects/local/topics/deletions', {
      eventTypes: ['OBJECT_DELETE'],
      payloadFormat: 'NONE',
    })
  })
  after(() => place.close())

  const save = async (name: string, generation = 0): Promise<number> => {
    const file = place.storage.bucket('contract').file(name)
    await file.save('x', { resumable: false, preconditionOpts: { ifGenerationMatch: generation } })
    return Number((await file.getMetadata())[0].generation)
  }
  const arrived = async (count: number): Promise<LocalPlace['published']> => {
    for (const until = Date.now() + 60_000; published.length < count && Date.now() < until; )
      await new Promise((resolve) => setTimeout(resolve, 10))
    return published.splice(0)
  }

  it('tell of a new object, with its resource and every attribute', async () => {
    const generation = await save('uploads/a')
    await save('elsewhere/a')
    const [first, ...others] = await arrived(1)
    assert.ok(first)
    assert.equal(others.length, 0)
    assert.equal(first.topic, 'projects/local/topics/changes')
    const { eventTime, notificationConfig, ...attributes } = first.message.attributes
    assert.deepEqual(attributes, {
      from: 'test',
      eventType: 'OBJECT_FINALIZE',
      payloadFormat: 'JSON_API_V1',
      bucketId: 'contract',
      objectId: 'uploads/a',
      objectGeneration: String(generation),
    })
    assert.match(eventTime ?? '', /^\d{4}-.*Z$/)
    assert.equal(notificationConfig, 'projects/_/buckets/contract/notificationConfigs/1')
    assert.equal(JSON.parse(first.message.data.toString()).generation, String(generation))
  })

  it('tell of an overwrite as a deletion and a new object that name each other', async () => {
    const old = await save('uploads/b')
    await arrived(1)
    const fresh = await save('uploads/b', old)
    const messages = await arrived(2)
    const finalized = messages.find(({ topic }) => topic.endsWith('changes'))
    const deleted = messages.find(({ topic }) => topic.endsWith('deletions'))
    assert.equal(finalized?.message.attributes.overwroteGeneration, String(old))
    assert.equal(deleted?.message.attributes.overwrittenByGeneration, String(fresh))
    assert.equal(deleted?.message.data.length, 0)
  })

  it('are sent again when Pub/Sub is away, and the upload does not notice', async () => {
    failures = 2
    await save('uploads/c')
    const [message] = await arrived(1)
    assert.equal(message?.message.attributes.objectId, 'uploads/c')
  })

  it('stop when their configuration is deleted', async () => {
    const [configs] = await place.storage.bucket('contract').getNotifications()
    for (const config of configs) await config.delete()
    await save('uploads/d')
    assert.deepEqual(await arrived(0), [])
  })
})
