import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MAX_ATTEMPTS } from '@reelway/shared/db/jobs/lease.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { queueTask } from '@reelway/shared/db/tasks/queue.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { retryTask } from '@reelway/shared/db/tasks/retry.ts'
import { untilBlocked } from '../../support/blocked.ts'
import { openTestDatabase } from '../../support/database.ts'
import { claimed, jobsOf, newTask, newUser, processingTask, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase({ poolSize: 12 })

const upload = { generation: '1', crc32c: 'AAAAAA==' }

const liveJobs = async (taskId: string) =>
  (await jobsOf(db, taskId)).filter((job) => job.status === 'queued' || job.status === 'running')

describe('an upload that is accepted', () => {
  test('by ten at the same time makes one job', async () => {
    const task = await newTask(db, await newUser(db))
    const queued = await Promise.all(Array.from({ length: 10 }, () => queueTask(db, task.id, upload, undefined)))
    const made = queued.filter((job) => job !== undefined)
    assert.equal(made.length, 1)
    const jobs = await jobsOf(db, task.id)
    assert.deepEqual(
      jobs.map(({ id, status, attempts, publishedAt }) => ({ id, status, attempts, publishedAt })),
      [{ id: made[0]?.jobId, status: 'queued', attempts: 0, publishedAt: null }],
    )
  })

  test('keeps the trace of the request with its job', async () => {
    const task = await newTask(db, await newUser(db))
    await queueTask(db, task.id, upload, '00-trace')
    assert.equal((await jobsOf(db, task.id))[0]?.traceparent, '00-trace')
  })
})

describe('a retry', () => {
  const failedTask = async () => {
    const { task, lease } = await processingTask(db)
    await db.updateTable('jobs').set({ attempts: MAX_ATTEMPTS }).where('id', '=', lease.jobId).execute()
    await failTask(db, lease, { code: 'encoder_crashed', parameters: { attempts: MAX_ATTEMPTS } })
    return task
  }

  test('makes one job that has all its attempts before it', async () => {
    const task = await failedTask()
    const retried = await retryTask(db, task.userId, task.id, undefined)
    const jobs = await jobsOf(db, task.id)
    assert.deepEqual(
      jobs.map(({ status, attempts }) => [status, attempts]),
      [
        ['failed', MAX_ATTEMPTS],
        ['queued', 0],
      ],
    )
    assert.equal(jobs[1]?.id, retried?.jobId)
    assert.equal((await claimed(db, jobs[1]?.id ?? '')).attempts, 1)
  })

  test('by eight at the same time makes one job', async () => {
    const task = await failedTask()
    const retried = await Promise.all(Array.from({ length: 8 }, () => retryTask(db, task.userId, task.id, undefined)))
    assert.equal(retried.filter((job) => job !== undefined).length, 1)
    assert.equal((await liveJobs(task.id)).length, 1)
  })
})

describe('a task that is cancelled has no live job', () => {
  test('when its upload is accepted while the cancel waits', async () => {
    const task = await newTask(db, await newUser(db))
    const accepting = await db.startTransaction().execute()
    await queueTask(accepting, task.id, upload, undefined)
    const cancelled = cancelTask(db, task.userId, task.id)
    await untilBlocked(db)
    await accepting.commit().execute()
    assert.equal(await cancelled, true)
    assert.equal((await taskRow(db, task.id)).status, 'cancelled')
    assert.deepEqual(await liveJobs(task.id), [])
    assert.ok(await retryTask(db, task.userId, task.id, undefined))
  })

  test('when it is retried while the cancel waits', async () => {
    const task = await newTask(db, await newUser(db), { status: 'failed', sourceGeneration: '1' })
    await db.updateTable('tasks').set({ status: 'queued' }).where('id', '=', task.id).execute()
    const retrying = await db.startTransaction().execute()
    await retrying.updateTable('tasks').set({ status: 'failed' }).where('id', '=', task.id).execute()
    await retryTask(retrying, task.userId, task.id, undefined)
    const cancelled = cancelTask(db, task.userId, task.id)
    await untilBlocked(db)
    await retrying.commit().execute()
    assert.equal(await cancelled, true)
    assert.deepEqual(await liveJobs(task.id), [])
  })

  test('however accepting, cancelling and retrying meet', async () => {
    for (let round = 0; round < 40; round += 1) {
      const task = await newTask(db, await newUser(db))
      await Promise.all([
        queueTask(db, task.id, upload, undefined),
        cancelTask(db, task.userId, task.id),
        retryTask(db, task.userId, task.id, undefined),
        cancelTask(db, task.userId, task.id),
        retryTask(db, task.userId, task.id, undefined),
        cancelTask(db, task.userId, task.id),
      ])
      const { status } = await taskRow(db, task.id)
      assert.equal((await liveJobs(task.id)).length, status === 'queued' ? 1 : 0, status)
    }
  })
})

test('a task that is deleted while its upload is accepted has no live job', async () => {
  const task = await newTask(db, await newUser(db))
  const accepting = await db.startTransaction().execute()
  await queueTask(accepting, task.id, upload, undefined)
  const removed = removeTask(db, task.userId, task.id)
  await untilBlocked(db)
  await accepting.commit().execute()
  assert.equal(await removed, true)
  assert.deepEqual(await liveJobs(task.id), [])
})
