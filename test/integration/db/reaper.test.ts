import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, test } from 'node:test'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { requeueUnspentJob } from '@reelway/shared/db/jobs/requeue-unspent.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { forgetEndedSessions } from '@reelway/shared/db/sessions/forget-ended.ts'
import { openSession } from '@reelway/shared/db/sessions/open.ts'
import { expireTask, listAbandonedUploads } from '@reelway/shared/db/tasks/expire.ts'
import { noteUploadSigned } from '@reelway/shared/db/tasks/note-upload-signed.ts'
import { listPurgeableTasks, purgeTask } from '@reelway/shared/db/tasks/purge.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { type Kysely, sql } from 'kysely'
import { untilBlocked } from '../../support/blocked.ts'
import { openTestDatabase } from '../../support/database.ts'
import { expireLease, jobRow, newJob, newTask, newUser, processingTask, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

beforeEach(async () => {
  await sql`truncate parts, jobs, tasks, idempotency_keys, outputs, sessions, refresh_tokens`.execute(db)
})

const ago = (interval: string) => sql<Date>`now() - ${interval}::interval`
const ahead = (interval: string) => sql<Date>`now() + ${interval}::interval`

/** It was the job's turn so long ago, and nobody has published it since. */
const unpublished = (interval: string) => ({ publishedAt: null, dispatchedAt: ago(interval) })

const newQueuedJob = async (fields: Parameters<typeof newJob>[2], on: Kysely<Database> = db) => {
  const task = await newTask(on, await newUser(on), { status: 'queued', sourceGeneration: '1' })
  return newJob(on, task.id, fields)
}

describe('requeueStaleJobs', () => {
  const cases = [
    { title: 'a lease that expired', stale: true, fields: { status: 'running', leaseExpiresAt: ago('1 ms') } },
    { title: 'a lease that lives', stale: false, fields: { status: 'running', leaseExpiresAt: ahead('1 s') } },
    { title: 'unpublished for 11 s', stale: true, fields: { ...unpublished('11 s'), queuedAt: ago('1 h') } },
    { title: 'unpublished for 9 s', stale: false, fields: { ...unpublished('9 s'), queuedAt: ago('1 h') } },
    { title: 'given back 9 s ago, unpublished', stale: false, fields: { ...unpublished('1 h'), queuedAt: ago('9 s') } },
    { title: 'waiting for its turn', stale: false, fields: { publishedAt: null, queuedAt: ago('1 d') } },
    { title: 'published and queued for 16 min', stale: true, fields: { queuedAt: ago('16 min') } },
    { title: 'published and queued for 14 min', stale: false, fields: { queuedAt: ago('14 min') } },
    { title: 'done long ago', stale: false, fields: { status: 'done', queuedAt: ago('1 d') } },
    { title: 'cancelled under a lease', stale: false, fields: { status: 'cancelled', leaseExpiresAt: ago('1 h') } },
    {
      title: 'failed unpublished',
      stale: false,
      fields: { status: 'failed', ...unpublished('1 h'), queuedAt: ago('1 h') },
    },
  ] as const

  for (const { title, stale, fields } of cases) {
    test(`${stale ? 'takes' : 'leaves'} a job: ${title}`, async () => {
      // Within a transaction the clock stands still: nine seconds stay nine, however busy the machine is.
      const { before, taken } = await db.transaction().execute(async (trx) => {
        const job = await newQueuedJob({ leaseToken: randomUUID(), traceparent: 'trace', ...fields }, trx)
        return { before: job, taken: await requeueStaleJobs(trx, 10) }
      })
      const after = await jobRow(db, before.id)
      if (!stale) {
        assert.deepEqual(taken, [])
        return assert.deepEqual(after, before)
      }
      assert.deepEqual(taken, [{ id: before.id, traceparent: 'trace', lane: 'main' }])
      assert.deepEqual([after.status, after.leaseToken, after.publishedAt], ['queued', null, null])
      assert.equal(after.attempts, before.attempts)
      assert.ok(after.dispatchedAt, 'it stays in flight')
      assert.deepEqual(await requeueStaleJobs(db, 10), [], 'the next look leaves it alone')
      assert.equal((await claimJob(db, before.id)).kind, 'claimed')
    })
  }

  test("gives a candidate's job back to the candidate's lane, and never to the main one", async () => {
    const task = await newTask(db, await newUser(db), { status: 'queued', sourceGeneration: '1', lane: 'candidate' })
    const job = await newJob(db, task.id, { ...unpublished('11 s'), queuedAt: ago('11 s') })
    assert.deepEqual(
      (await requeueStaleJobs(db, 10)).map(({ id, lane }) => [id, lane]),
      [[job.id, 'candidate']],
    )
    assert.equal(await requeueUnspentJob(db, job.id), undefined, 'its dead letter ends it')
  })

  test('takes at most as many as it is told, the longest queued first', async () => {
    const jobs = []
    for (const minutes of [20, 40, 30]) jobs.push(await newQueuedJob({ queuedAt: ago(`${minutes} min`) }))
    const first = await requeueStaleJobs(db, 2)
    assert.deepEqual(first.map(({ id }) => id).sort(), [jobs[1]?.id, jobs[2]?.id].sort())
    assert.deepEqual(
      (await requeueStaleJobs(db, 2)).map(({ id }) => id),
      [jobs[0]?.id],
    )
  })

  test('never gives the same job to two of five reapers at the same time', async () => {
    const user = await newUser(db)
    for (let count = 0; count < 60; count += 1) {
      const task = await newTask(db, user, { status: 'queued' })
      await newJob(db, task.id, { ...unpublished('1 min'), queuedAt: ago('1 min') })
    }
    const taken = (await Promise.all(Array.from({ length: 5 }, () => requeueStaleJobs(db, 40)))).flat()
    assert.equal(new Set(taken.map(({ id }) => id)).size, taken.length)
    const rest = await requeueStaleJobs(db, 100)
    assert.equal(taken.length + rest.length, 60)
  })

  test('passes over a job that is being claimed at that moment', async () => {
    const { lease } = await processingTask(db)
    await expireLease(db, lease.jobId)
    const claiming = await db.startTransaction().execute()
    assert.equal((await claimJob(claiming, lease.jobId)).kind, 'claimed')
    assert.deepEqual(await requeueStaleJobs(db, 10), [])
    await claiming.commit().execute()
    assert.deepEqual(await requeueStaleJobs(db, 10), [])
  })

  test('and a claim that waits for it gets the job afterwards', async () => {
    const { lease } = await processingTask(db)
    await expireLease(db, lease.jobId)
    const reaping = await db.startTransaction().execute()
    assert.equal((await requeueStaleJobs(reaping, 10)).length, 1)
    const claim = claimJob(db, lease.jobId)
    await untilBlocked(db)
    await reaping.commit().execute()
    assert.equal((await claim).kind, 'claimed')
  })
})

describe('a deleted task', () => {
  test('is purged only when the lease of its last holder has run out', async () => {
    const { task, lease } = await processingTask(db)
    assert.equal(await removeTask(db, task.userId, task.id), true)
    assert.deepEqual(await listPurgeableTasks(db, 10), [])
    await expireLease(db, lease.jobId)
    assert.deepEqual(await listPurgeableTasks(db, 10), [task.id])
    await purgeTask(db, task.id)
    for (const table of ['tasks', 'jobs'] as const) {
      assert.deepEqual(await db.selectFrom(table).select('id').execute(), [])
    }
  })

  test('is purged with its outputs', async () => {
    const task = await newTask(db, await newUser(db), { status: 'completed', deletedAt: ago('1 s') })
    await sql`insert into outputs values (${task.id}, 'video', 'o', '1', 'video/mp4', 1, 'c', 2, 2, 1, 'e')`.execute(db)
    await purgeTask(db, task.id)
    assert.deepEqual(await db.selectFrom('outputs').select('taskId').execute(), [])
  })

  test('is found by the purge, and one that is not deleted never', async () => {
    const user = await newUser(db)
    const [first, second] = [await newTask(db, user, { deletedAt: ago('1 h') }), await newTask(db, user)]
    assert.deepEqual(await listPurgeableTasks(db, 10), [first.id])
    await purgeTask(db, second.id)
    assert.equal((await db.selectFrom('tasks').select('id').execute()).length, 2)
  })

  test('is deleted once, and not by another user', async () => {
    const task = await newTask(db, await newUser(db))
    assert.equal(await removeTask(db, await newUser(db), task.id), false)
    const removed = await Promise.all(Array.from({ length: 5 }, () => removeTask(db, task.userId, task.id)))
    assert.equal(removed.filter(Boolean).length, 1)
  })
})

test('an upload is abandoned eight days after its last URL, and not before', async () => {
  const user = await newUser(db)
  const old = await newTask(db, user, { uploadSignedAt: ago('8 d 1 s') })
  await newTask(db, user, { uploadSignedAt: ago('8 d') })
  await db
    .updateTable('tasks')
    .set({ uploadSignedAt: ago('7 d 23 h') })
    .where('id', '!=', old.id)
    .execute()
  assert.deepEqual(await listAbandonedUploads(db, 10), [old.id])
  await expireTask(db, old.id)
  assert.deepEqual(await listAbandonedUploads(db, 10), [])
})

test('an upload that gets a new URL between the look and the decision is not given up', async () => {
  const task = await newTask(db, await newUser(db), { uploadSignedAt: ago('9 d') })
  assert.deepEqual(await listAbandonedUploads(db, 10), [task.id])
  await noteUploadSigned(db, task.userId, task.id)
  await expireTask(db, task.id)
  assert.equal((await taskRow(db, task.id)).status, 'awaiting_upload')
})

test('sessions that ended a week ago are forgotten with their tokens, others are kept', async () => {
  const user = await newUser(db)
  const kept = [Buffer.from('living'), Buffer.from('expired yesterday'), Buffer.from('revoked yesterday')]
  const gone = [Buffer.from('expired long ago'), Buffer.from('revoked long ago')]
  for (const hash of [...kept, ...gone]) await openSession(db, user, hash)
  const sessionOf = (hash: Buffer) => sql`(select session_id from refresh_tokens where token_hash = ${hash})`
  await sql`update sessions set expires_at = now() - interval '1 d' where id = ${sessionOf(Buffer.from('expired yesterday'))}`.execute(
    db,
  )
  await sql`update sessions set revoked_at = now() - interval '1 d' where id = ${sessionOf(Buffer.from('revoked yesterday'))}`.execute(
    db,
  )
  await sql`update sessions set expires_at = now() - interval '8 d' where id = ${sessionOf(Buffer.from('expired long ago'))}`.execute(
    db,
  )
  await sql`update sessions set revoked_at = now() - interval '8 d' where id = ${sessionOf(Buffer.from('revoked long ago'))}`.execute(
    db,
  )
  await forgetEndedSessions(db)
  const left = await db.selectFrom('refreshTokens').select('tokenHash').execute()
  assert.deepEqual(left.map(({ tokenHash }) => tokenHash.toString()).sort(), kept.map(String).sort())
  assert.equal((await db.selectFrom('sessions').select('id').execute()).length, 3)
})
