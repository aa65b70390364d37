import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { type BreakableProxy, startBreakableProxy } from '../../support/breakable-proxy.ts'
import { assertProblem, callerOf, createdIn, taskIn } from '../../support/call.ts'
import { newTask } from '../../support/rows.ts'
import { sendUpload } from '../../support/send-upload.ts'
import { startTestWeb } from '../../support/web.ts'

let proxy: BreakableProxy | undefined
const web = await startTestWeb({
  databaseUrlFor: async (databaseUrl) => {
    const url = new URL(databaseUrl)
    proxy = await startBreakableProxy(Number(url.port))
    url.host = proxy.host
    return url.href
  },
})
const call = callerOf(web.url)
const { token, userId } = await web.newAccount()
after(() => web.storage.faults.clear())

const file = Buffer.from('a video')
const create = async () =>
  createdIn(
    await call('POST', '/api/tasks', {
      token,
      json: { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: file.length, uploadType: 'single' },
    }),
  )

describe('while the storage does not answer', () => {
  test('an upload is refused within seconds, and can be taken in later', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, file)
    web.storage.faults.add({ match: { api: 'json' }, times: 50, action: { kind: 'status', status: 503 } })
    const start = performance.now()
    assertProblem(await call('POST', `/api/tasks/${task.id}/uploaded`, { token }), 'storage_unavailable')
    // The client's own tries take a quarter of a minute.
    assert.ok(performance.now() - start < 14_000, `${performance.now() - start} ms`)
    web.storage.faults.clear()
    assert.equal(taskIn(await call('POST', `/api/tasks/${task.id}/uploaded`, { token })).status, 'queued')
    assert.match(web.logged(), /request failed/)
  })

  test('a request that is never answered is given up within seconds', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, file)
    web.storage.faults.add({ match: { api: 'json' }, action: { kind: 'delay', ms: 120_000 } })
    const start = performance.now()
    assertProblem(await call('POST', `/api/tasks/${task.id}/uploaded`, { token }), 'storage_unavailable')
    assert.ok(performance.now() - start < 60_000, `${performance.now() - start} ms`)
    web.storage.faults.clear()
  })

  test('a broken connection is the fault of the storage, not of the database', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, file)
    web.storage.faults.add({ match: { api: 'json' }, times: 50, action: { kind: 'lose-answer' } })
    assertProblem(await call('POST', `/api/tasks/${task.id}/uploaded`, { token }), 'storage_unavailable')
    web.storage.faults.clear()
  })

  test('a task is deleted all the same, and its objects are left to the reaper', async () => {
    const { task } = await create()
    web.storage.faults.add({ match: { api: 'json' }, times: 50, action: { kind: 'status', status: 403 } })
    assert.equal((await call('DELETE', `/api/tasks/${task.id}`, { token })).status, 204)
    web.storage.faults.clear()
    assertProblem(await call('GET', `/api/tasks/${task.id}`, { token }), 'task_not_found')
    assert.match(web.logged(), /the reaper will do it/)
  })
})

describe('while Pub/Sub does not answer', () => {
  test('an upload is taken in within seconds, and its job left to the reaper', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, file)
    // UNAVAILABLE: the client would try again for ten minutes.
    web.pubsub.faults.publishFails({ topic: 'jobs', count: 1000, code: 14 })
    const start = performance.now()
    assert.equal(taskIn(await call('POST', `/api/tasks/${task.id}/uploaded`, { token })).status, 'queued')
    assert.ok(performance.now() - start < 60_000, `${performance.now() - start} ms`)
    web.pubsub.faults.clear()
    const job = await web.db
      .selectFrom('jobs')
      .select('publishedAt')
      .where('taskId', '=', task.id)
      .executeTakeFirstOrThrow()
    assert.equal(job.publishedAt, null)
  })
})

// Last: it breaks what the others need.
describe('while the database does not answer', () => {
  test('the service is alive but not ready, and says so on every route', async () => {
    const { id } = await newTask(web.db, userId)
    assert.ok(proxy)
    await proxy.break()
    assert.equal((await call('GET', '/health')).status, 200)
    assertProblem(await call('GET', '/ready'), 'not_ready')
    assertProblem(await call('GET', `/api/tasks/${id}`, { token }), 'not_ready')
    assertProblem(await call('GET', '/api/tasks', { token }), 'not_ready')
    assertProblem(await call('GET', '/api/me', { token }), 'not_ready')
    assertProblem(await call('POST', '/api/auth/login', { json: { email: 'a', password: 'b' } }), 'not_ready')
    assertProblem(await call('POST', `/api/tasks/${id}/cancel`, { token }), 'not_ready')
    await proxy.mend()
    assert.equal((await call('GET', '/ready')).status, 200)
    assert.equal(taskIn(await call('GET', `/api/tasks/${id}`, { token })).status, 'awaiting_upload')
  })
})
