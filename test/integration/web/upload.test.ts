import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { queueTask } from '@reelway/shared/db/tasks/queue.ts'
import { sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { acceptUpload } from '@reelway/shared/uploads/accept-upload.ts'
import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import { uploadSchema } from '@reelway/web/uploads/upload-schema.ts'
import { assertInvalid, assertProblem, callerOf, createdIn, taskIn } from '../../support/call.ts'
import { jobsOf, taskRow } from '../../support/rows.ts'
import { checksumOf, sendUpload } from '../../support/send-upload.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const call = callerOf(web.url)
const { token } = await web.newAccount()

const file = Buffer.from(randomBytes(600_000))
const other = Buffer.from(randomBytes(file.length))

const create = async (fields: object = {}) =>
  createdIn(
    await call('POST', '/api/tasks', {
      token,
      json: { fileName: 'clip.mp4', contentType: 'video/mp4', sizeBytes: file.length, ...fields },
    }),
  )

const uploaded = (task: TaskResource, json?: object) =>
  call('POST', `/api/tasks/${task.id}/uploaded`, { token, ...(json && { json }) })

const object = (task: TaskResource) => web.deps.uploads.file(sourceObjectName(task.id))

describe('the signed URL of an upload', () => {
  for (const uploadType of ['resumable', 'single']) {
    test(`takes the file: ${uploadType}`, async () => {
      const { task, upload } = await create({ uploadType, crc32c: checksumOf(file) })
      assert.ok(upload)
      assert.equal(await sendUpload(upload, file), 200)
      const queued = taskIn(await uploaded(task))
      assert.equal(queued.status, 'queued')
      assert.ok(queued.queuedAt !== null)
      assert.deepEqual((await object(task).download())[0], file)
      const { sourceGeneration, sourceCrc32c } = await taskRow(web.db, task.id)
      const [{ generation, contentType }] = await object(task).getMetadata()
      assert.deepEqual([sourceGeneration, contentType], [String(generation), 'video/mp4'])
      assert.equal(sourceCrc32c, checksumOf(file))
      assert.deepEqual(
        await web.publishedJobs(),
        (await jobsOf(web.db, task.id)).map((job) => job.id),
      )
      assert.ok((await jobsOf(web.db, task.id))[0]?.publishedAt instanceof Date)
    })
  }

  test('takes no file of another size, type or checksum, and nothing twice', async () => {
    const { task, upload } = await create({ uploadType: 'single', crc32c: checksumOf(file) })
    assert.ok(upload)
    assert.equal(await sendUpload(upload, file.subarray(1)), 400)
    assert.equal(await sendUpload(upload, other), 400)
    assert.equal(
      await sendUpload({ ...upload, headers: { ...upload.headers, 'content-type': 'text/html' } }, file),
      403,
    )
    assertProblem(await uploaded(task), 'upload_missing')
    assert.equal(await sendUpload(upload, file), 200)
    assert.equal(await sendUpload(upload, file), 412)
  })

  test('can be had again while the task waits, and then no more', async () => {
    const { task } = await create()
    const renew = () => call('POST', `/api/tasks/${task.id}/upload-url`, { token })
    const answer = await renew()
    assert.equal(await sendUpload(uploadSchema.parse(JSON.parse(answer.text)), file), 200)
    taskIn(await uploaded(task))
    assert.match(assertProblem(await renew(), 'task_state_conflict').detail, /The task is queued\. Only /)
  })
})

describe('an upload that arrived', () => {
  test('is accepted once, however often it is announced', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, file)
    await web.publishedJobs()
    const answers = await Promise.all(Array.from({ length: 6 }, () => uploaded(task)))
    for (const answer of answers) assert.equal(taskIn(answer).status, 'queued')
    assert.deepEqual(taskIn(await uploaded(task)), taskIn(answers[0] ?? (await uploaded(task))))
    const jobs = await jobsOf(web.db, task.id)
    assert.equal(jobs.length, 1)
    assert.deepEqual(await web.publishedJobs(), [jobs[0]?.id])
  })

  test('carries the trace of the request on with its job', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, file)
    const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`
    await call('POST', `/api/tasks/${task.id}/uploaded`, { token, headers: { traceparent } })
    assert.equal((await jobsOf(web.db, task.id))[0]?.traceparent, traceparent)
  })

  test('damaged is removed and named, and the task waits for a better one', async () => {
    const { task, upload } = await create({ crc32c: checksumOf(file) })
    assert.ok(upload)
    assert.equal(await sendUpload(upload, other), 200)
    const { detail } = assertProblem(await uploaded(task), 'upload_checksum_mismatch')
    assert.ok(detail.includes(checksumOf(file)) && detail.includes(checksumOf(other)))
    assert.deepEqual(await object(task).exists(), [false])
    const waiting = taskIn(await call('GET', `/api/tasks/${task.id}`, { token }))
    assert.deepEqual(
      [waiting.status, waiting.error],
      [
        'awaiting_upload',
        { code: 'upload_checksum_mismatch', message: `The upload was damaged on the way. ${detail}` },
      ],
    )
    // So it is when the bucket's notification was faster than the client.
    assertProblem(await uploaded(task), 'upload_checksum_mismatch')
    assert.equal(await sendUpload(upload, file), 200)
    const queued = taskIn(await uploaded(task))
    assert.deepEqual([queued.status, queued.error], ['queued', null])
  })

  test('whose checksum is only known at its end is removed when it is damaged, and taken when it is whole', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, other)
    assertProblem(await uploaded(task, { crc32c: checksumOf(file) }), 'upload_checksum_mismatch')
    assert.deepEqual(await object(task).exists(), [false])
    await sendUpload(upload, file)
    assertInvalid(await uploaded(task, { crc32c: 'AAAA' }), ['/crc32c'])
    assert.equal(taskIn(await uploaded(task, { crc32c: checksumOf(file) })).status, 'queued')
    assert.equal(taskIn(await uploaded(task, { crc32c: checksumOf(file) })).status, 'queued')
  })

  test('that is found damaged only after the notification has queued it is not converted', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, other)
    taskIn(await uploaded(task))
    const { detail } = assertProblem(await uploaded(task, { crc32c: checksumOf(file) }), 'queued_upload_damaged')
    assert.ok(detail.includes(checksumOf(file)) && detail.includes(checksumOf(other)))
    const failed = taskIn(await call('GET', `/api/tasks/${task.id}`, { token }))
    assert.deepEqual([failed.status, failed.error?.code], ['failed', 'queued_upload_damaged'])
    assert.deepEqual(
      (await jobsOf(web.db, task.id)).map(({ status }) => status),
      ['cancelled'],
    )
  })

  test('that is found damaged in the moment in which the notification queues it is not taken away from the queued task', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, other)
    const before = await taskRow(web.db, task.id)
    taskIn(await uploaded(task))
    const late = await acceptUpload(web.deps, { ...before, announcedCrc32c: checksumOf(file) })
    assert.equal(late.kind, 'already-accepted')
    assert.deepEqual(await object(task).exists(), [true])
  })

  test('that was found damaged is not queued by a notification that knows nothing of it', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await sendUpload(upload, other)
    const [{ generation }] = await object(task).getMetadata()
    assertProblem(await uploaded(task, { crc32c: checksumOf(file) }), 'upload_checksum_mismatch')
    const late = { generation: String(generation), crc32c: checksumOf(other) }
    assert.equal(await queueTask(web.db, task.id, late, undefined), undefined)
    await sendUpload(upload, file)
    assert.equal(taskIn(await uploaded(task)).status, 'queued')
  })

  test('of another size is removed and named, and the task waits for the right one', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await object(task).save(other.subarray(1))
    const { detail } = assertProblem(await uploaded(task), 'upload_size_mismatch')
    assert.match(detail, /Announced were 600000 bytes, 599999 arrived/)
    assert.deepEqual(await object(task).exists(), [false])
    assert.deepEqual(await jobsOf(web.db, task.id), [])
    assert.equal(await sendUpload(upload, file), 200)
    assert.equal(taskIn(await uploaded(task)).status, 'queued')
  })

  test('for a task that was cancelled is removed', async () => {
    const { task, upload } = await create()
    assert.ok(upload)
    await call('POST', `/api/tasks/${task.id}/cancel`, { token })
    await sendUpload(upload, file)
    assertProblem(await uploaded(task), 'task_state_conflict')
    assert.deepEqual(await object(task).exists(), [false])
    assertProblem(await uploaded(task), 'task_state_conflict')
  })

  test('for a task that was cancelled at the same moment makes no live job', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { task, upload } = await create()
      assert.ok(upload)
      await sendUpload(upload, file)
      await Promise.all([uploaded(task), call('POST', `/api/tasks/${task.id}/cancel`, { token })])
      const [job] = await jobsOf(web.db, task.id)
      if (job === undefined) continue
      assert.equal(job.status, 'cancelled')
      taskIn(await call('POST', `/api/tasks/${task.id}/retry`, { token }))
    }
  })
})

test('a job that cannot be published is accepted all the same, and left to the reaper', async () => {
  const { task, upload } = await create()
  assert.ok(upload)
  await sendUpload(upload, file)
  await web.publishedJobs()
  // PERMISSION_DENIED: the client does not try again.
  web.pubsub.faults.publishFails({ topic: 'jobs', count: 1, code: 7 })
  assert.equal(taskIn(await uploaded(task)).status, 'queued')
  assert.deepEqual(await web.publishedJobs(), [])
  assert.deepEqual(
    (await jobsOf(web.db, task.id)).map(({ status, publishedAt }) => [status, publishedAt]),
    [['queued', null]],
  )
})
