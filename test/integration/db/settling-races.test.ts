import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { findOutputs } from '@reelway/shared/db/tasks/find.ts'
import { giveUpTask } from '@reelway/shared/db/tasks/give-up.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { untilBlocked } from '../../support/blocked.ts'
import { openTestDatabase } from '../../support/database.ts'
import { expireLease, jobRow, processingTask, someResult, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

const ROUNDS = 40

/** A random head start, so that the statements meet at every point of each other's way. */
const jitter = () => new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 3))

const later = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  await jitter()
  return work()
}

// Any deadlock would reject with SQLSTATE 40P01, and with it the test.
describe('of two that settle a task at the same time exactly one wins, without a deadlock:', () => {
  test('complete and cancel', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { task, lease } = await processingTask(db)
      const [completed, cancelled] = await Promise.all([
        later(() => completeTask(db, lease, someResult())),
        later(() => cancelTask(db, task.userId, task.id)),
        later(() => renewLease(db, lease, 0.7)),
      ])
      assert.equal(Number(completed) + Number(cancelled), 1)
      assert.equal((await taskRow(db, task.id)).status, completed ? 'completed' : 'cancelled')
      assert.equal((await jobRow(db, lease.jobId)).status, completed ? 'done' : 'cancelled')
      assert.equal((await findOutputs(db, [task.id])).length, Number(completed))
    }
  })

  test('fail and cancel', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { task, lease } = await processingTask(db)
      const [failed, cancelled] = await Promise.all([
        later(() => failTask(db, lease, { code: 'not_a_video', parameters: {} })),
        later(() => cancelTask(db, task.userId, task.id)),
      ])
      assert.equal(Number(failed) + Number(cancelled), 1)
      const { status, errorCode } = await taskRow(db, task.id)
      assert.deepEqual([status, errorCode], failed ? ['failed', 'not_a_video'] : ['cancelled', null])
    }
  })

  test('give up and cancel', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { task, lease } = await processingTask(db)
      await expireLease(db, lease.jobId)
      const [gaveUp, cancelled] = await Promise.all([
        later(() => giveUpTask(db, lease.jobId)),
        later(() => cancelTask(db, task.userId, task.id)),
        later(() => requeueStaleJobs(db, 10)),
      ])
      assert.equal(Number(gaveUp.kind === 'given-up') + Number(cancelled), 1)
    }
  })
})

test('complete and delete at the same time never deadlock, and a late result is kept by nobody', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { task, lease } = await processingTask(db)
    const [completed, removed] = await Promise.all([
      later(() => completeTask(db, lease, someResult())),
      later(() => removeTask(db, task.userId, task.id)),
    ])
    assert.equal(removed, true)
    const { status, deletedAt } = await taskRow(db, task.id)
    assert.ok(deletedAt instanceof Date)
    assert.equal(status, completed ? 'completed' : 'processing')
    assert.equal((await findOutputs(db, [task.id])).length, Number(completed))
  }
})

test('a completion that waits for a delete gets nothing', async () => {
  const { task, lease } = await processingTask(db)
  const deleting = await db.startTransaction().execute()
  await deleting.updateTable('jobs').set({ status: 'cancelled' }).where('id', '=', lease.jobId).execute()
  const late = completeTask(db, lease, someResult())
  await untilBlocked(db)
  await deleting.updateTable('tasks').set({ deletedAt: new Date() }).where('id', '=', task.id).execute()
  await deleting.commit().execute()
  assert.equal(await late, false)
  assert.deepEqual(await findOutputs(db, [task.id]), [])
})

test('a cancel that waits for a completion changes nothing', async () => {
  const { task, lease } = await processingTask(db)
  const completing = await db.startTransaction().execute()
  assert.equal(await completeTask(completing, lease, someResult()), true)
  const late = cancelTask(db, task.userId, task.id)
  await untilBlocked(db)
  await completing.commit().execute()
  assert.equal(await late, false)
  assert.equal((await taskRow(db, task.id)).status, 'completed')
  assert.equal((await jobRow(db, lease.jobId)).status, 'done')
})
