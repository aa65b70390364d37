import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { dispatchJobs } from '@reelway/shared/db/jobs/dispatch.ts'
import { releaseJob } from '@reelway/shared/db/jobs/release.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { splitTask } from '@reelway/shared/db/tasks/split.ts'
import { sql } from 'kysely'
import { untilBlocked } from '../../support/blocked.ts'
import { pictureParts } from '../../support/cut-task.ts'
import { openTestDatabase } from '../../support/database.ts'
import { claimed, jobRow, jobsOf, newJob, newTask, newUser, processingTask } from '../../support/rows.ts'

const { db } = await openTestDatabase({ poolSize: 20 })

beforeEach(async () => {
  await sql`truncate parts, jobs, tasks, idempotency_keys, outputs`.execute(db)
})

/** Queued tasks of one user, each with a job that waits for its turn, the youngest since `seconds`. */
const waitingTasks = async (count: number, userId?: string, seconds = 0): Promise<string> => {
  const owner = userId ?? (await newUser(db))
  await sql`with made as (
      insert into tasks (user_id, preset, file_name, content_type, size_bytes, upload_type, status, queued_at)
      select ${owner}::uuid, 'league', 'a.mp4', 'video/mp4', 1, 'single', 'queued', now() - make_interval(secs => ${seconds}::integer + i)
      from generate_series(1, ${count}::integer) i returning id, queued_at)
    insert into jobs (task_id, kind, queued_at) select id, 'convert', queued_at from made`.execute(db)
  return owner
}

const ownersOf = async (jobs: { id: string }[]): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { id } of jobs) {
    const { userId } = await db
      .selectFrom('jobs')
      .innerJoin('tasks', 'tasks.id', 'jobs.taskId')
      .select('userId')
      .where('jobs.id', '=', id)
      .executeTakeFirstOrThrow()
    counts[userId] = (counts[userId] ?? 0) + 1
  }
  return counts
}

/** Ends jobs as if they had been worked on. */
const end = (jobs: { id: string }[]) =>
  db
    .updateTable('jobs')
    .set({ status: 'done' })
    .where(
      'id',
      'in',
      jobs.map(({ id }) => id),
    )
    .execute()

describe('a turn', () => {
  test('is given to as many jobs as the window has room for, and again when one has ended', async () => {
    await waitingTasks(30)
    const first = await dispatchJobs(db, 10)
    assert.equal(first.length, 10)
    assert.deepEqual(await dispatchJobs(db, 10), [])
    await end(first.slice(0, 3))
    assert.equal((await dispatchJobs(db, 10)).length, 3)
  })

  test('comes at once to the only task of a user beside 2,000 of another, in a window that is full', async () => {
    const busy = await waitingTasks(2_000)
    assert.equal((await dispatchJobs(db, 10)).length, 10)
    const other = await waitingTasks(1)
    assert.deepEqual(await ownersOf(await dispatchJobs(db, 10)), { [other]: 1 })
    assert.deepEqual(await dispatchJobs(db, 10), [], `the window is full of jobs of ${busy}`)
  })

  test('comes to users in turns, and of each to the oldest task', async () => {
    const [one, other] = [await waitingTasks(50), await waitingTasks(50)]
    const turns = await dispatchJobs(db, 10)
    assert.deepEqual(await ownersOf(turns), { [one]: 5, [other]: 5 })
    const waitingSince = await db
      .selectFrom('jobs')
      .select((job) => job.fn.max('queuedAt').as('at'))
      .where(
        'id',
        'in',
        turns.map(({ id }) => id),
      )
      .executeTakeFirstOrThrow()
    const older = await sql<{ count: number }>`
      select count(*) from jobs where dispatched_at is null and queued_at < ${waitingSince.at}`.execute(db)
    assert.equal(older.rows[0]?.count, 0)
  })

  test('comes to the user with the fewest jobs in flight', async () => {
    const one = await waitingTasks(50)
    await dispatchJobs(db, 4)
    const other = await waitingTasks(50)
    assert.deepEqual(await ownersOf(await dispatchJobs(db, 8)), { [other]: 4 })
    assert.deepEqual(await ownersOf(await dispatchJobs(db, 10)), { [one]: 1, [other]: 1 })
  })

  test('comes to parts in their order, before a younger task of the same user', async () => {
    const { task, lease } = await processingTask(db)
    await splitTask(db, lease, { planKey: 'a', plan: {}, parts: pictureParts(5) })
    await db
      .updateTable('tasks')
      .set({ queuedAt: sql<Date>`now() - interval '1 h'` })
      .where('id', '=', task.id)
      .execute()
    await waitingTasks(5, task.userId)
    const turns = await dispatchJobs(db, 3)
    const parts = (await jobsOf(db, task.id)).filter(({ kind }) => kind === 'part')
    parts.sort((one, other) => Number(one.queuedAt) - Number(other.queuedAt))
    assert.deepEqual(
      turns.map(({ id }) => id).sort(),
      parts
        .slice(0, 3)
        .map(({ id }) => id)
        .sort(),
    )
  })

  test('does not come to a job that is queued for later, settled, deleted or in flight already', async () => {
    const userId = await newUser(db)
    const task = await newTask(db, userId, { status: 'queued', queuedAt: sql<Date>`now()` })
    await newJob(db, task.id, { publishedAt: null, queuedAt: sql<Date>`now() + interval '5 min'` })
    await newJob(db, task.id, { publishedAt: null, status: 'cancelled' })
    await newJob(db, task.id, { publishedAt: null, kind: 'assemble', dispatchedAt: sql<Date>`now()` })
    const deleted = await newTask(db, userId, { status: 'queued', deletedAt: sql<Date>`now()` })
    await newJob(db, deleted.id, { publishedAt: null })
    assert.deepEqual(await dispatchJobs(db, 10), [])
  })

  test("comes at once to a candidate's job, with its lane and its trace, and takes no room", async () => {
    await waitingTasks(3)
    const task = await newTask(db, await newUser(db), { status: 'queued', lane: 'candidate' })
    const job = await newJob(db, task.id, { publishedAt: null, traceparent: '00-trace' })
    const turns = await dispatchJobs(db, 2)
    assert.equal(turns.length, 3)
    assert.deepEqual(
      turns.find(({ id }) => id === job.id),
      { id: job.id, traceparent: '00-trace', lane: 'candidate' },
    )
  })

  test('is given once by twenty dispatchers at the same time, who keep to the window while ever older tasks come in', async () => {
    for (let round = 0; round < 5; round += 1) {
      await sql`truncate parts, jobs, tasks, idempotency_keys, outputs`.execute(db)
      const owner = await waitingTasks(20)
      const dispatchers = Array.from({ length: 20 }, async (_, index) => {
        await waitingTasks(1, owner, 60 * (index + 1))
        return dispatchJobs(db, 10)
      })
      const turns = (await Promise.all(dispatchers)).flat()
      assert.equal(turns.length, 10)
      assert.equal(new Set(turns.map(({ id }) => id)).size, 10)
    }
  })

  test('is not given twice by a dispatcher who sees other tasks first than the one who is at it', async () => {
    await waitingTasks(20)
    const holdingUp = await db.startTransaction().execute()
    await sql`lock table jobs in exclusive mode`.execute(holdingUp)
    const first = dispatchJobs(db, 10)
    await untilBlocked(db, 1)
    await sql`update tasks set queued_at = now() + (now() - queued_at)`.execute(db)
    const second = dispatchJobs(db, 10)
    await untilBlocked(db, 2)
    await holdingUp.commit().execute()
    assert.deepEqual([(await first).length, (await second).length], [10, 0])
  })

  test('passes over a job that is being settled at that moment, and does not wait for it', async () => {
    await waitingTasks(1)
    const settling = await db.startTransaction().execute()
    await sql`select from jobs for update`.execute(settling)
    assert.deepEqual(await dispatchJobs(db, 10), [])
    await settling.rollback().execute()
    assert.equal((await dispatchJobs(db, 10)).length, 1)
  })
})

describe('a job in flight', () => {
  test('that a release before published by itself takes room', async () => {
    const task = await newTask(db, await newUser(db), { status: 'queued', queuedAt: sql<Date>`now()` })
    await newJob(db, task.id)
    await waitingTasks(5, task.userId)
    assert.equal((await dispatchJobs(db, 2)).length, 1)
  })

  test('keeps its turn when its attempt is given back', async () => {
    await waitingTasks(2)
    const [turn] = await dispatchJobs(db, 1)
    const lease = await claimed(db, turn?.id ?? '')
    await releaseJob(db, lease, 'encoder_crashed')
    assert.deepEqual(await dispatchJobs(db, 1), [])
    assert.ok((await jobRow(db, lease.jobId)).dispatchedAt)
  })

  test('is stale when it is not published within 10 s of its turn, however long it had waited for that', async () => {
    await waitingTasks(2)
    await db.updateTable('jobs').set({ queuedAt: sql<Date>`now() - interval '1 h'` }).execute()
    const [turn] = await dispatchJobs(db, 1)
    assert.ok(turn)
    assert.deepEqual(await requeueStaleJobs(db, 10), [])
    const dispatched = sql<Date>`now() - interval '11 s'`
    await db.updateTable('jobs').set({ dispatchedAt: dispatched }).where('id', '=', turn.id).execute()
    assert.deepEqual(await requeueStaleJobs(db, 10), [turn])
  })
})
