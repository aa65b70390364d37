import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { failTask } from '@reelway/shared/db/tasks/fail.ts'
import { forgetLeftovers, listLeftovers, noteSwept } from '@reelway/shared/db/tasks/leftover.ts'
import { redriveTasks } from '@reelway/shared/db/tasks/redrive.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { retryTask } from '@reelway/shared/db/tasks/retry.ts'
import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'
import { sql } from 'kysely'
import { cutTask, PLAN_KEY, pictureParts } from '../../support/cut-task.ts'
import { openTestDatabase } from '../../support/database.ts'
import { someOutput, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

beforeEach(async () => {
  await sql`truncate parts, jobs, tasks, idempotency_keys, outputs`.execute(db)
})

const partsOf = async (taskId: string): Promise<number> =>
  (await db.selectFrom('parts').select('id').where('taskId', '=', taskId).execute()).length

const endLeases = (taskId: string) =>
  db
    .updateTable('jobs')
    .set({ leaseExpiresAt: sql<Date>`now() - interval '1 s'` })
    .where('taskId', '=', taskId)
    .execute()

const failedTask = async (code: ErrorCode) => {
  const { task, held } = await cutTask(db, pictureParts(2))
  const [one] = held
  assert.ok(one)
  await failTask(db, one.lease, { code, parameters: {} })
  await endLeases(task.id)
  return task
}

const failedAgo = (taskId: string, minutes: number) =>
  db
    .updateTable('tasks')
    .set({ finishedAt: sql<Date>`now() - make_interval(mins => ${minutes})` })
    .where('id', '=', taskId)
    .execute()

describe('parts are left over', () => {
  test('of a cancelled task, when the last lease has ended', async () => {
    const { task } = await cutTask(db, pictureParts(2))
    assert.deepEqual(await listLeftovers(db, 10), [])
    await cancelTask(db, task.userId, task.id)
    assert.deepEqual(await listLeftovers(db, 10), [])
    assert.equal(await forgetLeftovers(db, task.id), undefined)
    await endLeases(task.id)
    assert.deepEqual(await listLeftovers(db, 10), [task.id])
  })

  test('of a task that failed for a reason of its video, at once', async () => {
    const task = await failedTask('source_undecodable')
    assert.deepEqual(await listLeftovers(db, 10), [task.id])
  })

  test('of a task that failed for a reason of ours, after a quarter of an hour', async () => {
    const task = await failedTask('attempts_exhausted')
    await failedAgo(task.id, 14)
    assert.deepEqual(await listLeftovers(db, 10), [])
    await failedAgo(task.id, 16)
    assert.deepEqual(await listLeftovers(db, 10), [task.id])
  })

  test('of a completed task, and not of a deleted one, which is purged', async () => {
    const [completed, deleted] = [await cutTask(db, pictureParts(1)), await cutTask(db, pictureParts(1))]
    await db.updateTable('tasks').set({ status: 'completed', finishedAt: sql<Date>`now()` }).execute()
    await removeTask(db, deleted.task.userId, deleted.task.id)
    await endLeases(completed.task.id)
    await endLeases(deleted.task.id)
    assert.deepEqual(await listLeftovers(db, 10), [completed.task.id])
  })
})

describe('parts that are left over', () => {
  test('are found again until nothing of them is left anywhere', async () => {
    const task = await failedTask('source_undecodable')
    const leftovers = await forgetLeftovers(db, task.id)
    assert.ok(leftovers)
    assert.deepEqual(leftovers.keptObjects, [])
    assert.equal(await partsOf(task.id), 0)
    assert.deepEqual(await listLeftovers(db, 10), [task.id], 'their objects may still be there')
    await noteSwept(db, task.id, leftovers)
    assert.deepEqual(await listLeftovers(db, 10), [])
  })

  test('are neither the result of a completed task nor its previews', async () => {
    const { task } = await cutTask(db, pictureParts(1))
    const picture = (objectName: string) => ({ objectName, generation: '1', contentType: 'image/jpeg' })
    const poster = { jpeg: picture('poster.jpg'), webp: picture('poster.webp'), width: 640, height: 360 }
    const tiles = { tileWidth: 160, tileHeight: 90, columns: 10, startsMillis: [0], endMillis: 1000 }
    const previews = JSON.stringify({ poster, storyboard: { sprite: picture('storyboard.jpg'), ...tiles } })
    await db.updateTable('tasks').set({ status: 'completed', previews }).where('id', '=', task.id).execute()
    await db
      .insertInto('outputs')
      .values({ ...someOutput('video.mp4'), taskId: task.id })
      .execute()
    await endLeases(task.id)
    const { keptObjects = [] } = (await forgetLeftovers(db, task.id)) ?? {}
    assert.deepEqual(keptObjects.toSorted(), ['poster.jpg', 'poster.webp', 'storyboard.jpg', 'video.mp4'])
  })

  test('stay when the task is retried before they are forgotten, and are forgotten for good when it is after', async () => {
    const kept = await failedTask('source_undecodable')
    await retryTask(db, kept.userId, kept.id, undefined)
    assert.equal(await forgetLeftovers(db, kept.id), undefined)
    assert.equal(await partsOf(kept.id), 2)

    const forgotten = await failedTask('source_undecodable')
    const leftovers = await forgetLeftovers(db, forgotten.id)
    assert.ok(leftovers)
    await retryTask(db, forgotten.userId, forgotten.id, undefined)
    await noteSwept(db, forgotten.id, leftovers)
    assert.equal(
      (await taskRow(db, forgotten.id)).planKey,
      PLAN_KEY,
      'what the retry makes is found when it has settled',
    )
  })

  for (const again of ['its owner', 'an operator']) {
    test(`go when ${again} has a task converted again whose joined parts were not what was planned`, async () => {
      const task = await failedTask('result_rejected')
      if (again === 'its owner') await retryTask(db, task.userId, task.id, undefined)
      else await redriveTasks(db, { since: new Date(0), until: new Date(Date.now() + 3_600_000) })
      assert.equal((await taskRow(db, task.id)).status, 'queued')
      assert.equal(await partsOf(task.id), 0)
    })
  }
})
