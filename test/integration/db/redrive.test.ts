import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { dispatchJobs } from '@reelway/shared/db/jobs/dispatch.ts'
import { redriveTasks } from '@reelway/shared/db/tasks/redrive.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { retryTask } from '@reelway/shared/db/tasks/retry.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import { jobRow, jobsOf, newJob, newTask, newUser, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

beforeEach(async () => {
  await sql`truncate parts, jobs, tasks, idempotency_keys, outputs`.execute(db)
})

const hourAgo = () => new Date(Date.now() - 3_600_000)
const now = () => new Date(Date.now() + 1_000)

const failedTask = async (fields: Partial<Parameters<typeof newTask>[2]> = {}) => {
  const task = await newTask(db, await newUser(db), {
    status: 'failed',
    sourceGeneration: '1',
    attempts: 5,
    progress: 0.5,
    errorCode: 'result_not_stored',
    errorParameters: JSON.stringify({ attempts: 5 }),
    startedAt: sql<Date>`now() - interval '20 min'`,
    finishedAt: sql<Date>`now() - interval '10 min'`,
    ...fields,
  })
  const job = await newJob(db, task.id, { status: 'failed', attempts: 5 })
  return { task, job }
}

describe('redriveTasks', () => {
  test('queues a task that failed for a reason of ours, with a new job that has all its attempts before it', async () => {
    const { task, job } = await failedTask()
    assert.deepEqual(await redriveTasks(db, { since: hourAgo(), until: now() }), { result_not_stored: 1 })
    const after = await taskRow(db, task.id)
    assert.deepEqual(
      [
        after.status,
        after.progress,
        after.attempts,
        after.errorCode,
        after.errorParameters,
        after.startedAt,
        after.finishedAt,
      ],
      ['queued', 0, 0, null, null, null, null],
    )
    const [first, second, ...others] = await jobsOf(db, task.id)
    assert.deepEqual([first?.id, first?.status, others.length], [job.id, 'failed', 0])
    assert.deepEqual([second?.status, second?.attempts, second?.publishedAt], ['queued', 0, null])
  })

  test('leaves it to the next dispatch to give the job its turn', async () => {
    const { task } = await failedTask()
    await redriveTasks(db, { since: hourAgo(), until: now() })
    const queued = (await jobsOf(db, task.id)).find((job) => job.status === 'queued')
    assert.ok(queued)
    assert.deepEqual(await dispatchJobs(db, 10), [{ id: queued.id, traceparent: null, lane: 'main' }])
    assert.equal((await claimJob(db, queued.id)).kind, 'claimed')
  })

  test('gives no turn to the jobs of many tasks but one after the other, so that batch is not buried', async () => {
    const tasks = [(await failedTask()).task, (await failedTask()).task, (await failedTask()).task]
    await redriveTasks(db, { since: hourAgo(), until: now() })
    const jobs = (await Promise.all(tasks.map(({ id }) => jobsOf(db, id)))).flat()
    const times = jobs.flatMap((job) => (job.status === 'queued' ? [job.queuedAt.getTime()] : [])).sort((a, b) => a - b)
    assert.deepEqual(
      times.map((time) => time - (times[0] ?? 0)),
      [0, 12_000, 24_000],
    )
    assert.equal((await dispatchJobs(db, 10)).length, 1)
  })

  const left = [
    { title: 'whose video is broken', fields: { errorCode: 'not_a_video' } },
    { title: 'that failed before the time', fields: { finishedAt: sql<Date>`now() - interval '61 min'` } },
    { title: 'that was cancelled', fields: { status: 'cancelled', errorCode: null } },
    { title: 'that is completed', fields: { status: 'completed', errorCode: null } },
    { title: 'that is being worked on', fields: { status: 'processing', errorCode: null, finishedAt: null } },
    { title: 'that its owner deleted', fields: { deletedAt: sql<Date>`now()` } },
    { title: 'whose upload never arrived', fields: { sourceGeneration: null } },
  ] as const

  for (const { title, fields } of left) {
    test(`leaves a task alone ${title}`, async () => {
      const { task, job } = await failedTask(fields)
      const before = await taskRow(db, task.id)
      assert.deepEqual(await redriveTasks(db, { since: hourAgo(), until: now() }), {})
      assert.deepEqual(await taskRow(db, task.id), before)
      assert.deepEqual(await jobsOf(db, task.id), [await jobRow(db, job.id)])
    })
  }

  test('leaves a task alone that failed at the end of the time', async () => {
    const { task } = await failedTask()
    const { finishedAt } = await taskRow(db, task.id)
    assert.ok(finishedAt)
    assert.deepEqual(await redriveTasks(db, { since: hourAgo(), until: finishedAt }), {})
    assert.deepEqual(await redriveTasks(db, { since: finishedAt, until: now() }), { result_not_stored: 1 })
  })

  test('counts tasks by what they had failed with', async () => {
    await failedTask()
    await failedTask()
    await failedTask({ errorCode: 'attempts_exhausted' })
    await failedTask({ errorCode: 'no_picture' })
    const counts = await redriveTasks(db, { since: hourAgo(), until: now() })
    assert.deepEqual(counts, { attempts_exhausted: 1, result_not_stored: 2 })
  })

  test('makes one job of a task that is redriven several times and retried by its owner at the same time', async () => {
    const tasks = await Promise.all(Array.from({ length: 8 }, () => failedTask()))
    const window = { since: hourAgo(), until: now() }
    const results = await Promise.all([
      ...Array.from({ length: 3 }, () => redriveTasks(db, window)),
      ...tasks.map(({ task }) => retryTask(db, task.userId, task.id, undefined)),
    ])
    assert.equal(results.length, 11)
    for (const { task } of tasks) {
      const jobs = await jobsOf(db, task.id)
      assert.equal(jobs.filter((job) => job.status === 'queued').length, 1)
    }
  })

  test('brings no task back that is deleted at the same time', async () => {
    const tasks = await Promise.all(Array.from({ length: 8 }, () => failedTask()))
    await Promise.all([
      redriveTasks(db, { since: hourAgo(), until: now() }),
      ...tasks.map(({ task }) => removeTask(db, task.userId, task.id)),
    ])
    for (const { task } of tasks) {
      const jobs = await jobsOf(db, task.id)
      assert.equal(jobs.filter((job) => job.status === 'queued').length, 0)
    }
  })
})
