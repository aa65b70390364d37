import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { MAX_ATTEMPTS } from '@reelway/shared/db/jobs/lease.ts'
import { markPublished } from '@reelway/shared/db/jobs/mark-published.ts'
import { releaseJob } from '@reelway/shared/db/jobs/release.ts'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { giveUpTask } from '@reelway/shared/db/tasks/give-up.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import {
  claimed,
  expireLease,
  heldTask,
  jobRow,
  newJob,
  newTask,
  newUser,
  processingTask,
  queuedTask,
  taskRow,
} from '../../support/rows.ts'

const { db } = await openTestDatabase({ poolSize: 30 })

const living = sql<Date>`now() + interval '1 min'`
const expired = sql<Date>`now() - interval '1 ms'`

const claims = [
  { title: 'queued', fields: { status: 'queued' }, kind: 'claimed' },
  {
    title: 'running under a living lease',
    fields: { status: 'running', leaseExpiresAt: living },
    kind: 'held-by-another',
  },
  { title: 'running under an expired lease', fields: { status: 'running', leaseExpiresAt: expired }, kind: 'claimed' },
  { title: 'done', fields: { status: 'done' }, kind: 'already-settled' },
  { title: 'failed', fields: { status: 'failed' }, kind: 'already-settled' },
  { title: 'cancelled', fields: { status: 'cancelled', leaseExpiresAt: expired }, kind: 'already-settled' },
  { title: 'queued after its last attempt', fields: { attempts: MAX_ATTEMPTS }, kind: 'attempts-exhausted' },
  {
    title: 'expired in its last attempt',
    fields: { status: 'running', leaseExpiresAt: expired, attempts: MAX_ATTEMPTS },
    kind: 'attempts-exhausted',
  },
  {
    title: 'living in its last attempt',
    fields: { status: 'running', leaseExpiresAt: living, attempts: MAX_ATTEMPTS },
    kind: 'held-by-another',
  },
] as const

describe('a claim', () => {
  for (const { title, fields, kind } of claims) {
    test(`of a job that is ${title} ends as ${kind}`, async () => {
      const task = await newTask(db, await newUser(db), { status: 'queued' })
      const before = await newJob(db, task.id, { leaseToken: randomUUID(), ...fields })
      const claim = await claimJob(db, before.id)
      assert.equal(claim.kind, kind)
      const after = await jobRow(db, before.id)
      // All that a holder notices of another delivery is that its message is gone.
      if (claim.kind === 'held-by-another') return assert.deepEqual(after, { ...before, publishedAt: null })
      if (claim.kind !== 'claimed') return assert.deepEqual(after, before)
      assert.equal(after.status, 'running')
      assert.equal(after.attempts, before.attempts + 1)
      assert.notEqual(after.leaseToken, before.leaseToken)
      assert.deepEqual(claim.lease, {
        jobId: before.id,
        taskId: task.id,
        token: after.leaseToken,
        attempts: after.attempts,
      })
    })
  }

  test('of an id that is no job ends as unknown-job', async () => {
    assert.deepEqual(await claimJob(db, randomUUID()), { kind: 'unknown-job' })
  })

  test('gives a lease of half a minute by the clock of the database', async () => {
    const { job } = await queuedTask(db)
    // Within a transaction that clock stands still.
    const seconds = await db.transaction().execute(async (trx) => {
      await claimed(trx, job.id)
      const { rows } = await sql<{ seconds: number }>`
        select extract(epoch from lease_expires_at - now())::float as seconds from jobs where id = ${job.id}`.execute(
        trx,
      )
      return rows[0]?.seconds ?? 0
    })
    // Times are kept to the millisecond.
    assert.ok(Math.abs(seconds - 30) < 0.001, `${seconds} s`)
  })

  test('is won by one of 30 that try at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { job } = await queuedTask(db)
      const results = await Promise.all(Array.from({ length: 30 }, () => claimJob(db, job.id)))
      const kinds = results.map((claim) => claim.kind).sort()
      assert.deepEqual(kinds, ['claimed', ...Array<string>(29).fill('held-by-another')])
      assert.equal((await jobRow(db, job.id)).attempts, 1)
    }
  })

  test('of an expired lease is won by one of 30 that try at the same time', async () => {
    const { lease } = await processingTask(db)
    await expireLease(db, lease.jobId)
    const results = await Promise.all(Array.from({ length: 30 }, () => claimJob(db, lease.jobId)))
    assert.equal(results.filter((claim) => claim.kind === 'claimed').length, 1)
    const job = await jobRow(db, lease.jobId)
    assert.equal(job.attempts, 2)
    assert.notEqual(job.leaseToken, lease.token)
  })
})

describe('the holder of a lease', () => {
  test('renews it, and progress never goes backwards', async () => {
    const { task, lease } = await processingTask(db)
    const soon = sql<Date>`now() + interval '1 s'`
    await db.updateTable('jobs').set({ leaseExpiresAt: soon }).where('id', '=', lease.jobId).execute()
    const before = await jobRow(db, lease.jobId)
    assert.equal(await renewLease(db, lease, 0.5), true)
    assert.equal(await renewLease(db, lease, 0.4), true)
    const after = await jobRow(db, lease.jobId)
    assert.ok(Number(after.leaseExpiresAt) > Number(before.leaseExpiresAt) + 20_000)
    const { progress, version } = await taskRow(db, task.id)
    assert.equal(progress, 0.5)
    assert.equal(version, task.version + 1, 'a renewal without progress does not wake who waits for a change')
  })

  test('renews a lease that ran out while nobody else took it', async () => {
    const { lease } = await processingTask(db)
    await expireLease(db, lease.jobId)
    assert.equal(await renewLease(db, lease, 0), true)
    assert.deepEqual(await claimJob(db, lease.jobId), { kind: 'held-by-another' })
  })

  test('gives the job back with a reason, and the attempt counts', async () => {
    const { lease } = await processingTask(db)
    await releaseJob(db, lease, 'encoder_crashed')
    const { status, attempts, leaseToken, leaseExpiresAt, lastErrorCode } = await jobRow(db, lease.jobId)
    assert.deepEqual(
      { status, attempts, leaseToken, leaseExpiresAt, lastErrorCode },
      { status: 'queued', attempts: 1, leaseToken: null, leaseExpiresAt: null, lastErrorCode: 'encoder_crashed' },
    )
  })

  test('gives the job back without a reason, and the attempt does not count', async () => {
    const { lease } = await processingTask(db)
    await releaseJob(db, lease, undefined)
    const { status, attempts, lastErrorCode } = await jobRow(db, lease.jobId)
    assert.deepEqual({ status, attempts, lastErrorCode }, { status: 'queued', attempts: 0, lastErrorCode: null })
    assert.equal((await claimed(db, lease.jobId)).attempts, 1)
  })
})

describe('a message that is acknowledged under a holder', () => {
  const elevenSecondsLater = (jobId: string) =>
    db
      .updateTable('jobs')
      .set({ queuedAt: sql<Date>`now() - interval '11 s'`, dispatchedAt: sql<Date>`now() - interval '12 s'` })
      .where('id', '=', jobId)
      .execute()
  const acknowledgements = [
    { title: 'that came twice', acknowledge: (jobId: string) => claimJob(db, jobId) },
    { title: 'that Pub/Sub gave up', acknowledge: (jobId: string) => giveUpTask(db, jobId) },
  ]
  for (const { title, acknowledge } of acknowledgements) {
    test(`one ${title} is published again when the holder gives its job back`, async () => {
      const { lease } = await processingTask(db)
      assert.deepEqual(await acknowledge(lease.jobId), { kind: 'held-by-another' })
      // Its publisher was slow to note what it had done before all this.
      await markPublished(db, lease.jobId)
      await releaseJob(db, lease, 'encoder_crashed')
      await elevenSecondsLater(lease.jobId)
      const requeued = await requeueStaleJobs(db, 1_000)
      assert.ok(requeued.some(({ id }) => id === lease.jobId))
    })
  }

  test('and one that was not is left to come back by itself', async () => {
    const { lease } = await processingTask(db)
    await releaseJob(db, lease, 'encoder_crashed')
    await elevenSecondsLater(lease.jobId)
    const requeued = await requeueStaleJobs(db, 1_000)
    assert.ok(!requeued.some(({ id }) => id === lease.jobId))
  })
})

describe('giving up', () => {
  test('respects a living lease', async () => {
    const { task, lease } = await processingTask(db)
    assert.deepEqual(await giveUpTask(db, lease.jobId), { kind: 'held-by-another' })
    assert.equal((await jobRow(db, lease.jobId)).leaseToken, lease.token)
    assert.equal((await taskRow(db, task.id)).status, 'processing')
  })

  test('tells the reason of the last attempt and the number of attempts', async () => {
    const { task, lease } = await processingTask(db)
    await releaseJob(db, lease, 'source_unreachable')
    assert.deepEqual(await giveUpTask(db, lease.jobId), {
      kind: 'given-up',
      taskId: task.id,
      code: 'source_unreachable',
    })
    const { status, errorCode, errorParameters } = await taskRow(db, task.id)
    assert.deepEqual([status, errorCode, errorParameters], ['failed', 'source_unreachable', { attempts: 1 }])
  })

  test('finds a job settled that is settled, and one that is unknown', async () => {
    const { task } = await heldTask(db, 'failed')
    const job = await newJob(db, task.id, { status: 'failed' })
    assert.deepEqual(await giveUpTask(db, job.id), { kind: 'already-settled' })
    assert.deepEqual(await giveUpTask(db, randomUUID()), { kind: 'already-settled' })
  })
})

test('a job is published at the time at which that was noted', async () => {
  const { job } = await queuedTask(db)
  await db.updateTable('jobs').set({ publishedAt: null }).where('id', '=', job.id).execute()
  await markPublished(db, job.id)
  assert.ok((await jobRow(db, job.id)).publishedAt instanceof Date)
})
