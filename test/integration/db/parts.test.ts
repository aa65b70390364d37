import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import { findPart, listParts } from '@reelway/shared/db/parts/find.ts'
import { finishPart } from '@reelway/shared/db/parts/finish.ts'
import { handOverPart } from '@reelway/shared/db/parts/hand-over.ts'
import type { NewPart } from '@reelway/shared/db/parts/part.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { completeTask } from '@reelway/shared/db/tasks/complete.ts'
import { replanTask } from '@reelway/shared/db/tasks/replan.ts'
import { retryTask } from '@reelway/shared/db/tasks/retry.ts'
import { splitTask } from '@reelway/shared/db/tasks/split.ts'
import { startTask } from '@reelway/shared/db/tasks/start.ts'
import { cutTask, holdParts, liveKinds, PLAN_KEY, pictureParts, somePart } from '../../support/cut-task.ts'
import { openTestDatabase } from '../../support/database.ts'
import { claimed, jobRow, jobsOf, processingTask, someResult, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

const sound: NewPart = { stream: 'sound', start: 0, end: 900, weight: 0.2 }
const withSound = [...pictureParts(2).map((part) => ({ ...part, weight: 0.4 })), sound]

const rangesOf = async (taskId: string) =>
  (await listParts(db, taskId, PLAN_KEY)).map(({ stream, start, end, stored }) => [
    stream,
    start,
    end,
    stored === null ? 'pending' : 'done',
  ])

describe('a task that is cut', () => {
  test('has a job for each part, sound first, in the trace of the job that cut it, which is done', async () => {
    const { task, lease } = await processingTask(db)
    await db.updateTable('jobs').set({ traceparent: '00-trace' }).where('id', '=', lease.jobId).execute()
    const split = await splitTask(db, lease, { planKey: PLAN_KEY, plan: { some: 'plan' }, parts: withSound })
    assert.deepEqual(split, { kind: 'split', pending: 3 })
    const { plan, planKey, partsLeft, status } = await taskRow(db, task.id)
    assert.deepEqual(
      { plan, planKey, partsLeft, status },
      {
        plan: { some: 'plan' },
        planKey: PLAN_KEY,
        partsLeft: 3,
        status: 'processing',
      },
    )
    assert.equal((await jobRow(db, lease.jobId)).status, 'done')
    const jobs = (await jobsOf(db, task.id)).filter(({ id }) => id !== lease.jobId)
    assert.deepEqual(
      jobs.map(({ kind, traceparent, dispatchedAt }) => [kind, traceparent, dispatchedAt]),
      Array.from({ length: 3 }, () => ['part', '00-trace', null]),
    )
    const first = jobs.sort((one, other) => Number(one.queuedAt) - Number(other.queuedAt))[0]
    assert.equal((await findPart(db, first?.partId ?? ''))?.stream, 'sound')
    assert.deepEqual(await rangesOf(task.id), [
      ['picture', 0, 100, 'pending'],
      ['picture', 100, 200, 'pending'],
      ['sound', 0, 900, 'pending'],
    ])
  })

  test('has the job that joins the parts at once when all are done already', async () => {
    const { task, lease } = await processingTask(db)
    const parts = pictureParts(1).map((part) => ({ ...part, done: somePart() }))
    assert.deepEqual(await splitTask(db, lease, { planKey: PLAN_KEY, plan: {}, parts }), { kind: 'split', pending: 0 })
    assert.deepEqual(await liveKinds(db, task.id), ['assemble'])
  })

  test('is not cut when its parts leave a gap, overlap or are empty', async () => {
    const [first, second] = pictureParts(3).filter((_, index) => index !== 1)
    assert.ok(first && second)
    for (const parts of [[first, second], [first, { ...first, start: 50, end: 150 }], [{ ...first, end: 0 }]]) {
      const { task, lease } = await processingTask(db)
      await assert.rejects(async () => splitTask(db, lease, { planKey: PLAN_KEY, plan: {}, parts }), /gap or overlap/)
      assert.deepEqual(await liveKinds(db, task.id), ['convert'])
    }
  })

  test('is left alone by a holder who has lost it', async () => {
    const { task, lease } = await processingTask(db)
    await cancelTask(db, task.userId, task.id)
    const split = await splitTask(db, lease, { planKey: PLAN_KEY, plan: {}, parts: pictureParts(2) })
    assert.deepEqual(split, { kind: 'superseded' })
    assert.deepEqual(await rangesOf(task.id), [])
    assert.equal((await taskRow(db, task.id)).partsLeft, null)
  })
})

test('a claim tells what the job is for', async () => {
  const { task, lease } = await processingTask(db)
  await splitTask(db, lease, { planKey: PLAN_KEY, plan: {}, parts: pictureParts(1) })
  const job = (await jobsOf(db, task.id)).find(({ kind }) => kind === 'part')
  const claim = await claimJob(db, job?.id ?? '')
  assert.deepEqual(claim.kind === 'claimed' && claim.work, { kind: 'part', partId: job?.partId })
})

test('the parts are joined when the last is done, and completing leaves none to count', async () => {
  const { task, held } = await cutTask(db, pictureParts(2))
  const results = []
  for (const { lease, partId } of held) results.push(await finishPart(db, lease, partId, somePart()))
  assert.deepEqual(results, ['finished', 'last'])
  assert.deepEqual(await liveKinds(db, task.id), ['assemble'])
  const assemble = (await jobsOf(db, task.id)).find(({ kind }) => kind === 'assemble')
  const lease = await claimed(db, assemble?.id ?? '')
  assert.equal((await startTask(db, lease))?.partsLeft, 0)
  assert.equal(await completeTask(db, lease, someResult()), true)
  const { status, partsLeft } = await taskRow(db, task.id)
  assert.deepEqual([status, partsLeft], ['completed', null])
})

test('a part is finished once, by the holder of its own job', async () => {
  const { held } = await cutTask(db, pictureParts(2))
  const [one, other] = held
  assert.ok(one && other)
  assert.equal(await finishPart(db, one.lease, other.partId, somePart()), 'superseded')
  assert.equal(await finishPart(db, one.lease, one.partId, somePart()), 'finished')
  assert.equal(await finishPart(db, one.lease, one.partId, somePart()), 'superseded')
})

describe('a retry', () => {
  const cancelledHalfway = async () => {
    const { task, held } = await cutTask(db, pictureParts(3))
    const [done, begun] = held
    assert.ok(done && begun)
    await finishPart(db, done.lease, done.partId, somePart())
    await renewLease(db, begun.lease, 0.5)
    await cancelTask(db, task.userId, task.id)
    const retried = await retryTask(db, task.userId, task.id, undefined)
    const lease = await claimed(db, retried?.jobId ?? '')
    const started = await startTask(db, lease)
    assert.deepEqual([started?.partsLeft, started?.plan, started?.progress], [null, null, 0])
    return { task, lease, done }
  }

  test('with the same plan takes up what is done, as it was cut then, and encodes only the rest', async () => {
    const { task, lease, done } = await cancelledHalfway()
    const parts: NewPart[] = [{ stream: 'picture', start: 0, end: 300, weight: 1 }]
    assert.deepEqual(await splitTask(db, lease, { planKey: PLAN_KEY, plan: {}, parts }), { kind: 'split', pending: 2 })
    assert.deepEqual(await rangesOf(task.id), [
      ['picture', 0, 100, 'done'],
      ['picture', 100, 200, 'pending'],
      ['picture', 200, 300, 'pending'],
    ])
    assert.ok((await findPart(db, done.partId))?.stored)
    const { progress, partsLeft } = await taskRow(db, task.id)
    assert.equal(partsLeft, 2)
    assert.ok(Math.abs(progress - 0.98 / 3) < 1e-9, `${progress}`)
  })

  test('with another plan forgets the parts of the one before', async () => {
    const { task, lease } = await cancelledHalfway()
    await splitTask(db, lease, { planKey: 'plan-b', plan: {}, parts: pictureParts(2) })
    assert.deepEqual(await rangesOf(task.id), [])
    assert.equal((await listParts(db, task.id, 'plan-b')).length, 2)
  })
})

describe('a part that is handed over', () => {
  const rest = (start: number, end: number, weight: number): NewPart => ({ stream: 'picture', start, end, weight })

  test('keeps what is done and leaves the rest to new parts, which count', async () => {
    const { task, held } = await cutTask(db, pictureParts(2))
    const [first] = held
    assert.ok(first)
    const kept = { end: 40, stored: somePart() }
    const handed = await handOverPart(db, first.lease, first.partId, {
      kept,
      rest: [rest(40, 70, 0.1), rest(70, 100, 0.2)],
    })
    assert.equal(handed, 'finished')
    assert.deepEqual(await rangesOf(task.id), [
      ['picture', 0, 40, 'done'],
      ['picture', 40, 70, 'pending'],
      ['picture', 70, 100, 'pending'],
      ['picture', 100, 200, 'pending'],
    ])
    assert.equal((await taskRow(db, task.id)).partsLeft, 3)
    const weights = (await listParts(db, task.id, PLAN_KEY)).map(({ weight }) => weight)
    assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9, `${weights}`)
    assert.equal((await holdParts(db, task.id)).length, 2)
  })

  test('is replaced when nothing of it is kept', async () => {
    const { task, held } = await cutTask(db, pictureParts(1))
    const [only] = held
    assert.ok(only)
    await handOverPart(db, only.lease, only.partId, { kept: null, rest: [rest(0, 50, 0.5), rest(50, 100, 0.5)] })
    assert.equal(await findPart(db, only.partId), undefined)
    assert.equal((await taskRow(db, task.id)).partsLeft, 2)
  })

  test('is finished when all of it is kept', async () => {
    const { task, held } = await cutTask(db, pictureParts(1))
    const [only] = held
    assert.ok(only)
    const kept = { end: 100, stored: somePart() }
    assert.equal(await handOverPart(db, only.lease, only.partId, { kept, rest: [] }), 'last')
    assert.deepEqual(await liveKinds(db, task.id), ['assemble'])
  })

  test('is not handed over as anything that is not exactly the part', async () => {
    const { task, held } = await cutTask(db, pictureParts(1))
    const [only] = held
    assert.ok(only)
    const kept = { end: 40, stored: somePart() }
    for (const handed of [
      { kept: null, rest: [] },
      { kept, rest: [] },
      { kept, rest: [rest(50, 100, 0.5)] },
      { kept, rest: [rest(40, 101, 0.5)] },
      { kept, rest: [{ ...sound, start: 40, end: 100 }] },
    ]) {
      await assert.rejects(handOverPart(db, only.lease, only.partId, handed), /not exactly/)
    }
    assert.deepEqual(await rangesOf(task.id), [['picture', 0, 100, 'pending']])
    assert.equal((await jobRow(db, only.lease.jobId)).status, 'running')
  })
})

describe('a task whose plan cannot be followed any more', () => {
  test('loses its parts and their jobs, and waits with one job to be planned anew', async () => {
    const { task, held } = await cutTask(db, pictureParts(3))
    const [one, two] = held
    if (one === undefined || two === undefined) throw new Error('too few parts were held')
    assert.equal(await replanTask(db, one.lease), true)
    assert.deepEqual(await liveKinds(db, task.id), ['convert'])
    assert.deepEqual(await rangesOf(task.id), [])
    const { status, plan, partsLeft } = await taskRow(db, task.id)
    assert.deepEqual({ status, plan, partsLeft }, { status: 'processing', plan: null, partsLeft: null })
    assert.equal(await finishPart(db, two.lease, two.partId, somePart()), 'superseded')
    assert.equal(await replanTask(db, two.lease), false)
    assert.deepEqual(await liveKinds(db, task.id), ['convert'])
  })

  test('is left alone when it has been cancelled meanwhile', async () => {
    const { task, held } = await cutTask(db, pictureParts(2))
    await cancelTask(db, task.userId, task.id)
    assert.equal(await replanTask(db, held[0]?.lease ?? (await claimed(db, task.id))), false)
    assert.deepEqual(await liveKinds(db, task.id), [])
  })
})
