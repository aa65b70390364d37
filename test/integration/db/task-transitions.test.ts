import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Lease } from '@reelway/shared/db/jobs/lease.ts'
import { recordPlan } from '@reelway/shared/db/jobs/record-plan.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import { expireTask } from '@reelway/shared/db/tasks/expire.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { giveUpTask } from '@reelway/shared/db/tasks/give-up.ts'
import { noteUploadSigned } from '@reelway/shared/db/tasks/note-upload-signed.ts'
import { queueTask } from '@reelway/shared/db/tasks/queue.ts'
import { rejectUpload } from '@reelway/shared/db/tasks/reject-upload.ts'
import { retryTask } from '@reelway/shared/db/tasks/retry.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { statusesBefore, type TaskStatus, taskStatuses } from '@reelway/shared/task-status.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import { expireLease, heldTask, jobsOf, newTask, newUser, someResult, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

type Subject = { task: TaskRow; lease: Lease }

type Transition = {
  name: string
  from: TaskStatus[]
  act(subject: Subject): Promise<unknown>
  /** what the task's row holds afterwards, among other things */
  expected: Partial<TaskRow>
  /** the status of the job that was running before */
  job: string
}

const source = {
  container: 'mp4',
  durationSeconds: 1,
  width: 2,
  height: 2,
  frameRate: 25,
  videoCodec: 'h264',
  audioCodec: null,
  audioChannels: null,
  audioSampleRateHz: null,
}

const settleJobs = (taskId: string) =>
  db.updateTable('jobs').set({ status: 'failed' }).where('taskId', '=', taskId).execute()

const transitions: Transition[] = [
  {
    name: 'start',
    from: statusesBefore('processing'),
    act: ({ lease }) => startTask(db, { ...lease, attempts: 3 }),
    expected: { status: 'processing', attempts: 3 },
    job: 'running',
  },
  {
    name: 'complete',
    from: statusesBefore('completed'),
    act: ({ lease }) => completeTask(db, lease, someResult()),
    expected: { status: 'completed', progress: 1, errorCode: null },
    job: 'done',
  },
  {
    name: 'fail',
    from: statusesBefore('failed'),
    act: ({ lease }) => failTask(db, lease, { code: 'not_a_video', parameters: { a: 1 } }),
    expected: { status: 'failed', errorCode: 'not_a_video', errorParameters: { a: 1 } },
    job: 'failed',
  },
  {
    name: 'give up',
    from: statusesBefore('failed'),
    act: async ({ lease }) => {
      await expireLease(db, lease.jobId)
      return (await giveUpTask(db, lease.jobId)).kind === 'given-up'
    },
    expected: { status: 'failed', errorCode: 'attempts_exhausted', errorParameters: { attempts: 1 } },
    job: 'failed',
  },
  {
    name: 'cancel',
    from: statusesBefore('cancelled'),
    act: ({ task }) => cancelTask(db, task.userId, task.id),
    expected: { status: 'cancelled', errorCode: null },
    job: 'cancelled',
  },
  {
    name: 'retry',
    from: statusesBefore('queued').filter((status) => status !== 'awaiting_upload'),
    act: async ({ task }) => {
      await settleJobs(task.id)
      return retryTask(db, task.userId, task.id, undefined)
    },
    expected: { status: 'queued', progress: 0, attempts: 0, errorCode: null, startedAt: null, finishedAt: null },
    job: 'failed',
  },
  {
    name: 'record a plan',
    from: ['processing'],
    act: ({ lease }) => recordPlan(db, lease, { parts: 1 }, source),
    expected: { status: 'processing', source },
    job: 'running',
  },
]

for (const { name, from, act, expected, job } of transitions) {
  describe(`${name} of a task`, () => {
    for (const status of taskStatuses) {
      const allowed = from.includes(status)
      test(`${allowed ? 'leaves' : 'refuses'} ${status}`, async () => {
        const subject = await heldTask(db, status)
        const done = await act(subject)
        assert.equal(Boolean(done), allowed)
        const after = await taskRow(db, subject.task.id)
        if (!allowed) return assert.deepEqual(after, subject.task)
        for (const [column, value] of Object.entries(expected))
          assert.deepEqual(Reflect.get(after, column), value, column)
        assert.equal(after.version, subject.task.version + 1)
        assert.equal((await jobsOf(db, subject.task.id))[0]?.status, job)
      })
    }
  })
}

const abandoned = sql<Date>`now() - interval '9 days'`

const beforeTheUpload: { name: string; act(task: TaskRow): Promise<unknown>; expected: Partial<TaskRow> }[] = [
  {
    name: 'queue',
    act: (task) => queueTask(db, task.id, { generation: '7', crc32c: 'AAAAAQ==' }, 'trace'),
    expected: {
      status: 'queued',
      sourceGeneration: '7',
      sourceCrc32c: 'AAAAAQ==',
      errorCode: null,
      errorParameters: null,
    },
  },
  {
    name: 'expire',
    act: async (task) => {
      const { version } = await taskRow(db, task.id)
      await expireTask(db, task.id)
      return (await taskRow(db, task.id)).version !== version
    },
    expected: { status: 'expired', errorCode: 'upload_expired' },
  },
  {
    name: 'reject the upload',
    act: (task) =>
      rejectUpload(db, task.id, '7', {
        code: 'upload_size_mismatch',
        parameters: { announcedBytes: 1, uploadedBytes: 2 },
      }),
    expected: {
      status: 'awaiting_upload',
      errorCode: 'upload_size_mismatch',
      errorParameters: { announcedBytes: 1, uploadedBytes: 2, generation: '7' },
    },
  },
  {
    name: 'note a new upload URL',
    act: (task) => noteUploadSigned(db, task.userId, task.id),
    expected: { status: 'awaiting_upload' },
  },
]

for (const { name, act, expected } of beforeTheUpload) {
  describe(`${name} of a task without an upload`, () => {
    for (const status of taskStatuses) {
      const allowed = status === 'awaiting_upload'
      test(`${allowed ? 'leaves' : 'refuses'} ${status}`, async () => {
        const before = await newTask(db, await newUser(db), { status, uploadSignedAt: abandoned })
        assert.equal(Boolean(await act(before)), allowed)
        const after = await taskRow(db, before.id)
        if (!allowed) return assert.deepEqual(after, before)
        for (const [column, value] of Object.entries(expected))
          assert.deepEqual(Reflect.get(after, column), value, column)
      })
    }
  })
}

test('a deleted task is neither queued, started, retried, cancelled nor given a new upload URL', async () => {
  const deletedAt = sql<Date>`now()`
  const waiting = await newTask(db, await newUser(db), { deletedAt })
  const { id, userId } = waiting
  assert.equal(await queueTask(db, id, { generation: '1', crc32c: 'AAAAAA==' }, undefined), undefined)
  assert.equal(await noteUploadSigned(db, userId, id), false)
  assert.equal(await cancelTask(db, userId, id), false)
  assert.deepEqual(await taskRow(db, id), waiting)
  const failed = await newTask(db, userId, { deletedAt, status: 'failed', sourceGeneration: '1' })
  assert.equal(await retryTask(db, userId, failed.id, undefined), undefined)
  const queued = await heldTask(db, 'queued')
  await db.updateTable('tasks').set({ deletedAt }).where('id', '=', queued.task.id).execute()
  assert.equal(await startTask(db, queued.lease), undefined)
})

test('another user can neither cancel nor retry a task, nor get a new upload URL for it', async () => {
  const other = await newUser(db)
  const { task, lease } = await heldTask(db, 'processing')
  assert.equal(await cancelTask(db, other, task.id), false)
  assert.equal((await jobsOf(db, task.id))[0]?.leaseToken, lease.token)
  const failed = await newTask(db, task.userId, { status: 'failed', sourceGeneration: '1' })
  assert.equal(await retryTask(db, other, failed.id, undefined), undefined)
  const waiting = await newTask(db, task.userId)
  assert.equal(await noteUploadSigned(db, other, waiting.id), false)
})

test('a failed task whose upload never arrived cannot be retried', async () => {
  const task = await newTask(db, await newUser(db), { status: 'cancelled' })
  assert.equal(await retryTask(db, task.userId, task.id, undefined), undefined)
  assert.deepEqual(await jobsOf(db, task.id), [])
})

test('a later attempt keeps the time of the first start', async () => {
  const { task, lease } = await heldTask(db, 'queued')
  const first = await startTask(db, lease)
  await db
    .updateTable('tasks')
    .set({ startedAt: sql<Date>`started_at - interval '1 minute'` })
    .where('id', '=', task.id)
    .execute()
  const moved = await taskRow(db, task.id)
  const second = await startTask(db, { ...lease, attempts: 2 })
  assert.ok(first?.startedAt instanceof Date)
  assert.deepEqual(second?.startedAt, moved.startedAt)
})
