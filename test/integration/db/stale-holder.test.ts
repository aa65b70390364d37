import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Lease } from '@reelway/shared/db/jobs/lease.ts'
import { recordPlan } from '@reelway/shared/db/jobs/record-plan.ts'
import { releaseJob } from '@reelway/shared/db/jobs/release.ts'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { findOutputs } from '@reelway/shared/db/tasks/find.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import type { Kysely } from 'kysely'
import { untilBlocked } from '../../support/blocked.ts'
import { openTestDatabase } from '../../support/database.ts'
import { claimed, expireLease, jobRow, processingTask, someResult, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

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

/** Everything that a holder writes; each tells whether it was still the holder, if it tells anything. */
const writes: { name: string; write(db: Kysely<Database>, lease: Lease): Promise<unknown> }[] = [
  { name: 'start the task', write: startTask },
  { name: 'renew its lease and record progress', write: (on, lease) => renewLease(on, lease, 0.9) },
  { name: 'record a plan', write: (on, lease) => recordPlan(on, lease, { stale: true }, source) },
  { name: 'release the job', write: (on, lease) => releaseJob(on, lease, 'encoder_crashed') },
  { name: 'complete the task', write: (on, lease) => completeTask(on, lease, someResult()) },
  { name: 'fail the task', write: (on, lease) => failTask(on, lease, { code: 'not_a_video', parameters: {} }) },
]

const rowsOf = async (lease: Lease) => ({
  task: await taskRow(db, lease.taskId),
  job: await jobRow(db, lease.jobId),
  outputs: await findOutputs(db, [lease.taskId]),
})

describe('a holder whose job was claimed by another cannot', () => {
  for (const { name, write } of writes) {
    test(name, async () => {
      const { lease } = await processingTask(db)
      await expireLease(db, lease.jobId)
      await claimed(db, lease.jobId)
      const before = await rowsOf(lease)
      assert.ok(!(await write(db, lease)))
      assert.deepEqual(await rowsOf(lease), before)
    })
  }
})

describe('a holder that waits for the row of its job while another claims it cannot', () => {
  for (const { name, write } of writes) {
    test(`then ${name}`, async () => {
      const { lease } = await processingTask(db)
      await expireLease(db, lease.jobId)
      const reclaiming = await db.startTransaction().execute()
      await claimed(reclaiming, lease.jobId)
      const late = write(db, lease)
      await untilBlocked(db)
      await reclaiming.commit().execute()
      assert.ok(!(await late))
      const { task, job, outputs } = await rowsOf(lease)
      assert.equal(task.status, 'processing')
      assert.deepEqual([task.progress, task.source, outputs], [0, null, []])
      assert.deepEqual([job.status, job.attempts, job.plan, job.lastErrorCode], ['running', 2, null, null])
      assert.notEqual(job.leaseToken, lease.token)
    })
  }
})

describe('a holder that waits for the row of its task while the task is cancelled cannot', () => {
  for (const { name, write } of writes.filter((each) => /plan|complete|fail|start/.test(each.name))) {
    test(`then also ${name}`, async () => {
      const { lease } = await processingTask(db)
      const cancelling = await db.startTransaction().execute()
      await cancelling.updateTable('tasks').set({ status: 'cancelled' }).where('id', '=', lease.taskId).execute()
      const late = write(db, lease)
      await untilBlocked(db)
      await cancelling.commit().execute()
      assert.ok(!(await late))
      const { task, outputs } = await rowsOf(lease)
      assert.equal(task.status, 'cancelled')
      assert.deepEqual([task.source, task.errorCode, outputs], [null, null, []])
    })
  }
})

test('a new holder completes what the stale one could not, with its own output', async () => {
  const { lease } = await processingTask(db)
  await expireLease(db, lease.jobId)
  const next = await claimed(db, lease.jobId)
  await startTask(db, next)
  const results = await Promise.all([
    completeTask(db, lease, someResult('outputs/stale')),
    completeTask(db, next, someResult('outputs/next')),
    completeTask(db, lease, someResult('outputs/stale')),
  ])
  assert.deepEqual(results, [false, true, false])
  const { task, job, outputs } = await rowsOf(lease)
  assert.equal(task.status, 'completed')
  assert.equal(job.status, 'done')
  assert.deepEqual(
    outputs.map((output) => output.objectName),
    ['outputs/next'],
  )
})
