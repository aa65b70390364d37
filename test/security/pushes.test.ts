import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Storage } from '@google-cloud/storage'
import { names, PUSH_AUDIENCE, PUSH_SERVICE_ACCOUNT } from '@reelway/local/cloud-resources.ts'
import { loadKeys } from '@reelway/local/keys.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { type Kysely, sql } from 'kysely'
import { useStack } from '../acceptance/place.ts'
import { heldTask, jobRow, newJob, newTask, newUser, queuedTask } from '../support/rows.ts'
import { tableDigests } from '../support/table-digests.ts'
import { badPushTokens } from './bad-push-tokens.ts'
import { batchEndpoints } from './endpoints.ts'

/** A message as Pub/Sub pushes it. */
const envelope = (message: { json?: unknown; attributes?: Record<string, string> }): string =>
  JSON.stringify({
    message: {
      messageId: '1',
      publishTime: '2020-01-01T00:00:00Z',
      data: message.json === undefined ? '' : Buffer.from(JSON.stringify(message.json)).toString('base64'),
      attributes: message.attributes ?? {},
    },
    subscription: 'projects/p/subscriptions/s',
  })

describe('a call of batch', () => {
  // Nobody else is to change anything meanwhile.
  const place = useStack({ reapSeconds: 3_600 })
  const opened = new AsyncDisposableStack()
  let db: Kysely<Database>
  before(async () => {
    const url = { DATABASE_URL: place.stack.databaseUrl, DB_NAME: 'reelway', DB_IP_TYPE: 'PRIVATE' } as const
    const connection = await connectDatabase({ ...url, DB_POOL_SIZE: 2 }, () => undefined)
    opened.defer(() => connection.close())
    db = connection.db
  })
  after(() => opened.disposeAsync())

  const post = async (path: string, authorization: string | undefined, body: string) => {
    const response = await fetch(new URL(path, place.stack.batch.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
      body,
    })
    return { status: response.status, text: await response.text() }
  }
  const authentic = () =>
    `Bearer ${place.stack.pubsub.identityToken({ audience: PUSH_AUDIENCE, email: PUSH_SERVICE_ACCOUNT })}`
  const put = async (name: string, text: string) => {
    const file = new Storage({ projectId: names.project, apiEndpoint: place.stack.storage.url })
      .bucket(names.uploadsBucket)
      .file(name)
    await file.save(text)
    return { file, generation: String((await file.getMetadata())[0].generation) }
  }
  const finalized = (objectId: string, objectGeneration: string, changes: Record<string, string> = {}) =>
    envelope({
      json: {},
      attributes: {
        eventType: 'OBJECT_FINALIZE',
        bucketId: names.uploadsBucket,
        objectId,
        objectGeneration,
        ...changes,
      },
    })

  test('is refused for every flaw of its token, wherever it goes, and its message has no effect', async () => {
    const { oidc } = await loadKeys(join(place.stack.directory, 'keys'), names.project)
    const { task, job } = await queuedTask(db)
    const digests = await tableDigests(db)
    for (const endpoint of batchEndpoints.filter(({ caller }) => caller !== 'anybody')) {
      const body =
        endpoint.path === '/pubsub/uploads'
          ? finalized(sourceObjectName(task.id), '1')
          : envelope({ json: { jobId: job.id } })
      for (const { title, authorization, status } of badPushTokens(oidc, endpoint)) {
        const answer = await post(endpoint.path, authorization, body)
        assert.equal(answer.status, status, `${endpoint.path} with ${title}`)
        assert.doesNotMatch(answer.text, /eyJ|audience|signature|@/, `${endpoint.path} with ${title}`)
      }
    }
    assert.deepEqual(await tableDigests(db), digests)
    await db.deleteFrom('jobs').where('id', '=', job.id).execute()
  })

  test('again for a job that has settled, is being worked on, or never was, is acknowledged and changes nothing', async () => {
    const user = await newUser(db)
    const settled = await Promise.all(
      (['completed', 'failed', 'cancelled'] as const).map(async (status) => {
        const task = await newTask(db, user, { status, sourceGeneration: '1' })
        const job = await newJob(db, task.id, { status: status === 'completed' ? 'done' : status, attempts: 1 })
        return job.id
      }),
    )
    const deleted = await newTask(db, user, { status: 'cancelled', deletedAt: sql<Date>`now()` })
    const forgotten = await newJob(db, deleted.id, { status: 'cancelled' })
    const { lease } = await heldTask(db, 'processing')
    // What is noted of a held job is that its message is gone, and here that is so from the beginning.
    await db.updateTable('jobs').set({ publishedAt: null }).where('id', '=', lease.jobId).execute()
    const digests = await tableDigests(db)
    for (const jobId of [...settled, forgotten.id, lease.jobId, randomUUID()]) {
      for (const path of ['/pubsub/jobs', '/pubsub/dead-letter', '/pubsub/uploads']) {
        assert.equal((await post(path, authentic(), envelope({ json: { jobId } }))).status, 204, path)
      }
    }
    assert.deepEqual(await tableDigests(db), digests)
    assert.equal((await jobRow(db, lease.jobId)).leaseToken, lease.token)
  })

  test('with an old word of an upload, or one that was made up, removes nothing that is in use', async () => {
    const user = await newUser(db)
    // With an upload from the first moment on: the bucket tells batch of this one at once.
    const task = await newTask(db, user, { status: 'completed', sourceGeneration: '1' })
    const source = await put(sourceObjectName(task.id), 'the source')
    await db.updateTable('tasks').set({ sourceGeneration: source.generation }).where('id', '=', task.id).execute()
    const other = await put('backups/of-somebody', 'not ours')
    const digests = await tableDigests(db)
    for (const body of [
      finalized(sourceObjectName(task.id), source.generation),
      finalized(sourceObjectName(task.id), '1'),
      finalized(sourceObjectName(task.id), source.generation, { eventType: 'OBJECT_DELETE' }),
      finalized(sourceObjectName(task.id), source.generation, { bucketId: names.outputsBucket }),
      finalized('backups/of-somebody', other.generation),
      finalized(`sources/${randomUUID()}/../../backups/of-somebody`, other.generation),
      finalized(`sources/${task.id}\n`, source.generation),
      finalized("sources/' or true --", '1'),
    ]) {
      assert.equal((await post('/pubsub/uploads', authentic(), body)).status, 204)
      assert.equal((await post('/pubsub/jobs', authentic(), body)).status, 204)
    }
    assert.deepEqual([await source.file.exists(), await other.file.exists()], [[true], [true]])
    assert.deepEqual(await tableDigests(db), digests)
  })

  test('with a body that is meant to hurt is acknowledged, and batch goes on', async () => {
    const deep = `${'{"x":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    const digests = await tableDigests(db)
    for (const body of [
      deep,
      `${'['.repeat(1_000_000)}`,
      envelope({ json: { jobId: "x' or '1'='1" } }),
      envelope({ json: { jobId: [randomUUID()] } }),
      envelope({ json: JSON.parse('{"__proto__":{"jobId":"x"}}') }),
      envelope({ json: { jobId: randomUUID() }, attributes: { traceparent: '00-\r\nx-evil: 1' } }),
      JSON.stringify({ message: { messageId: '1', data: Buffer.from(deep).toString('base64') }, subscription: 's' }),
      `{"message":{"messageId":"1","data":"","attributes":${deep}},"subscription":"s"}`,
    ]) {
      for (const { path } of batchEndpoints.filter(({ caller }) => caller === 'pubsub')) {
        assert.equal((await post(path, authentic(), body)).status, 204, `${path} ${body.slice(0, 60)}`)
      }
    }
    assert.equal((await fetch(new URL('/ready', place.stack.batch.url))).status, 200)
    assert.deepEqual(await tableDigests(db), digests)
  })

  test('by another method or at another path does nothing, with the right token or without', async () => {
    const { job } = await queuedTask(db)
    const body = envelope({ json: { jobId: job.id } })
    const digests = await tableDigests(db)
    for (const path of ['/pubsub', '/pubsub/', '/pubsub/jobs/x', '/pubsub/other', '/jobs', '/jobs/reap/x', '/']) {
      assert.ok([401, 404].includes((await post(path, undefined, body)).status), path)
      assert.equal((await post(path, authentic(), body)).status, 404, path)
    }
    for (const { path, caller } of batchEndpoints.filter(({ method }) => method === 'POST')) {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const response = await fetch(new URL(path, place.stack.batch.url), {
          method,
          headers: { authorization: authentic() },
        })
        assert.equal(response.status, caller === 'scheduler' ? 405 : 404, `${method} ${path}`)
        await response.arrayBuffer()
      }
    }
    assert.deepEqual(await tableDigests(db), digests)
  })
})
