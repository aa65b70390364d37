import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { holdLease, LeaseLost, ShuttingDown } from '@reelway/batch/lease.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { makeLogger } from '@reelway/shared/logger.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import { claimed, expireLease, jobRow, processingTask, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()
const logger = makeLogger({ projectId: 'test', service: 'batch', version: 'test', level: 'error' })
const never = new AbortController().signal

const aborted = async (signal: AbortSignal): Promise<unknown> => {
  if (!signal.aborted) await once(signal, 'abort')
  return signal.reason
}

describe('a lease that is held', () => {
  test('it is renewed again and again, with the progress that was reported', { timeout: 60_000 }, async () => {
    const { lease, task } = await processingTask(db)
    const before = await jobRow(db, lease.jobId)
    {
      await using held = holdLease(db, lease, never, logger)
      held.report(0.25)
      const renewedByMillis = async () =>
        Number((await jobRow(db, lease.jobId)).leaseExpiresAt) - Number(before.leaseExpiresAt)
      while ((await renewedByMillis()) < 1_900) await sleep(50)
      assert.equal(held.signal.aborted, false)
    }
    assert.equal((await taskRow(db, task.id)).progress, 0.25)
  })

  test('the work stops long before the lease would end when its task is cancelled', async () => {
    const { lease, task } = await processingTask(db)
    await using held = holdLease(db, lease, never, logger)
    assert.equal(await cancelTask(db, task.userId, task.id), true)
    const askedAt = performance.now()
    assert.ok((await aborted(held.signal)) instanceof LeaseLost)
    assert.ok(performance.now() - askedAt < 10_000)
  })

  test('the work stops when another has taken over', async () => {
    const { lease } = await processingTask(db)
    await expireLease(db, lease.jobId)
    const other = await claimed(db, lease.jobId)
    await using held = holdLease(db, lease, never, logger)
    assert.ok((await aborted(held.signal)) instanceof LeaseLost)
    assert.equal((await jobRow(db, lease.jobId)).leaseToken, other.token)
  })

  test('the work stops at once when the instance does, and the first reason stays', async () => {
    const { lease, task } = await processingTask(db)
    const stopping = new AbortController()
    await using held = holdLease(db, lease, stopping.signal, logger)
    stopping.abort(new Error('stopped by SIGTERM'))
    assert.equal(held.signal.aborted, true)
    await cancelTask(db, task.userId, task.id)
    await sleep(1_500)
    assert.ok(held.signal.reason instanceof ShuttingDown)
  })

  test('work that begins while the instance stops is stopped before it begins', async () => {
    const { lease } = await processingTask(db)
    await using held = holdLease(db, lease, AbortSignal.abort(new Error('stopped by SIGTERM')), logger)
    assert.ok(held.signal.reason instanceof ShuttingDown)
  })

  test('the work stops before the lease may end when the database does not answer, and giving up does not hang', async () => {
    const { lease } = await processingTask(db)
    const held = holdLease(db, lease, never, logger)
    await db.transaction().execute(async (trx) => {
      // Whoever renews the lease waits for this row, without an answer, for longer than a transaction may stand still.
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx)
      await trx.selectFrom('jobs').select('id').where('id', '=', lease.jobId).forUpdate().execute()
      const startedAt = performance.now()
      assert.ok((await aborted(held.signal)) instanceof LeaseLost)
      const seconds = (performance.now() - startedAt) / 1000
      assert.ok(seconds > 15 && seconds < 30, `it was stopped after ${seconds} s`)
      const disposedAt = performance.now()
      await held[Symbol.asyncDispose]()
      assert.ok(performance.now() - disposedAt < 10_000)
    })
  })
})
