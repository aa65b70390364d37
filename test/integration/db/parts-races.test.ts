import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import { requeueStaleJobs } from '@reelway/shared/db/jobs/requeue-stale.ts'
import { listParts } from '@reelway/shared/db/parts/find.ts'
import { finishPart } from '@reelway/shared/db/parts/finish.ts'
import { handOverPart } from '@reelway/shared/db/parts/hand-over.ts'
import { isPartition } from '@reelway/shared/db/parts/is-partition.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { giveUpTask } from '@reelway/shared/db/tasks/give-up.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { splitTask } from '@reelway/shared/db/tasks/split.ts'
import { cutTask, liveKinds, PLAN_KEY, pictureParts, somePart } from '../../support/cut-task.ts'
import { openTestDatabase } from '../../support/database.ts'
import { expireLease, jobsOf, processingTask, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase({ poolSize: 16 })

/** A random head start, so that the statements meet at every point of each other's way. */
const later = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  await new Promise<void>((resolve) => setTimeout(resolve, Math.random() * 4))
  return work()
}

const refusal = (code: 'not_a_video' | 'source_undecodable') => ({ code, parameters: {} })

// Any deadlock would reject with SQLSTATE 40P01, and with it the test.
test('of eight parts that finish at the same time exactly one brings the job that joins them', async () => {
  for (let round = 0; round < 30; round += 1) {
    const { task, held } = await cutTask(db, pictureParts(8))
    const results = await Promise.all(
      held.flatMap(({ lease, partId }) => [
        finishPart(db, lease, partId, somePart()),
        later(() => renewLease(db, lease, 0.9)),
      ]),
    )
    assert.equal(results.filter((result) => result === 'last').length, 1)
    assert.equal(results.filter((result) => result === 'finished').length, 7)
    assert.deepEqual(await liveKinds(db, task.id), ['assemble'])
    assert.equal((await taskRow(db, task.id)).partsLeft, 0)
  }
})

describe('of a task that is cut, no live job and no half change is left when', () => {
  test('two parts are refused at the same time, and the others go on renewing', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { task, held } = await cutTask(db, pictureParts(6))
      const [one, other, ...rest] = held
      assert.ok(one && other)
      const [first, second] = await Promise.all([
        later(() => failTask(db, one.lease, refusal('not_a_video'))),
        later(() => failTask(db, other.lease, refusal('source_undecodable'))),
        ...rest.map(({ lease }) => later(() => renewLease(db, lease, 0.5))),
      ])
      assert.equal(Number(first) + Number(second), 1)
      assert.equal((await taskRow(db, task.id)).errorCode, first ? 'not_a_video' : 'source_undecodable')
      const statuses = (await jobsOf(db, task.id)).map(({ status }) => status).sort()
      assert.deepEqual(statuses, [...Array<string>(5).fill('cancelled'), 'done', 'failed'])
      for (const { lease } of held) assert.equal(await renewLease(db, lease, 0.6), false)
    }
  })

  test('the last part finishes while another, that was given up, fails it or its owner cancels it', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { task, held } = await cutTask(db, pictureParts(2))
      const [one, other] = held
      assert.ok(one && other)
      await expireLease(db, other.lease.jobId)
      const [finished, cancelled, gaveUp] = await Promise.all([
        later(() => finishPart(db, one.lease, one.partId, somePart())),
        later(() => cancelTask(db, task.userId, task.id)),
        later(() => giveUpTask(db, other.lease.jobId)),
        later(() => requeueStaleJobs(db, 10)),
      ])
      assert.notEqual(finished, 'last')
      assert.equal(Number(cancelled) + Number(gaveUp.kind === 'given-up'), 1)
      assert.deepEqual(await liveKinds(db, task.id), [])
      const done = (await listParts(db, task.id, PLAN_KEY)).filter(({ stored }) => stored !== null)
      assert.equal(done.length, Number(finished === 'finished'))
    }
  })

  for (const { title, settle } of [
    { title: 'cancelled', settle: (userId: string, taskId: string) => cancelTask(db, userId, taskId) },
    { title: 'deleted', settle: (userId: string, taskId: string) => removeTask(db, userId, taskId) },
  ]) {
    test(`it is ${title} while it is being cut`, async () => {
      for (let round = 0; round < 12; round += 1) {
        const { task, lease } = await processingTask(db)
        const [split, settled] = await Promise.all([
          later(() => splitTask(db, lease, { planKey: PLAN_KEY, plan: {}, parts: pictureParts(4) })),
          later(() => settle(task.userId, task.id)),
        ])
        assert.equal(settled, true)
        assert.deepEqual(await liveKinds(db, task.id), [])
        const parts = await listParts(db, task.id, PLAN_KEY)
        assert.equal(parts.length, split.kind === 'split' ? 4 : 0)
      }
    })

    test(`it is ${title} while one part is handed over and the other finishes`, async () => {
      for (let round = 0; round < 12; round += 1) {
        const { task, held } = await cutTask(db, pictureParts(2))
        const [one, other] = held
        assert.ok(one && other)
        const [handed, settled] = await Promise.all([
          later(() =>
            handOverPart(db, one.lease, one.partId, {
              kept: { end: 30, stored: somePart() },
              rest: [
                { stream: 'picture', start: 30, end: 60, weight: 0.2 },
                { stream: 'picture', start: 60, end: 100, weight: 0.2 },
              ],
            }),
          ),
          later(() => settle(task.userId, task.id)),
          later(() => finishPart(db, other.lease, other.partId, somePart())),
        ])
        assert.equal(settled, true)
        assert.deepEqual(await liveKinds(db, task.id), [])
        const parts = await listParts(db, task.id, PLAN_KEY)
        assert.equal(parts.length, handed === 'superseded' ? 2 : 4)
        assert.ok(isPartition(parts, { start: 0, end: 200 }))
      }
    })
  }
})

test('parts stay a partition, and are counted right, when all of them are handed over and finish at the same time', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { task, held } = await cutTask(db, pictureParts(6))
    await Promise.all(
      held.map(({ lease, partId }, index) =>
        index % 2 === 0
          ? later(() => finishPart(db, lease, partId, somePart()))
          : later(() =>
              handOverPart(db, lease, partId, {
                kept: { end: index * 100 + 50, stored: somePart() },
                rest: [{ stream: 'picture', start: index * 100 + 50, end: index * 100 + 100, weight: 0.05 }],
              }),
            ),
      ),
    )
    const parts = await listParts(db, task.id, PLAN_KEY)
    assert.ok(isPartition(parts, { start: 0, end: 600 }))
    assert.equal((await taskRow(db, task.id)).partsLeft, 3)
    assert.equal(parts.filter(({ stored }) => stored === null).length, 3)
    assert.deepEqual(await liveKinds(db, task.id), ['part', 'part', 'part'])
  }
})
