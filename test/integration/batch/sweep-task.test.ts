import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sweepTask } from '@reelway/batch/sweep-task.ts'
import { cancelTask } from '@reelway/shared/db/tasks/cancel.ts'
import { expireTask, listAbandonedUploads } from '@reelway/shared/db/tasks/expire.ts'
import { listLeftovers } from '@reelway/shared/db/tasks/leftover.ts'
import { queueTask } from '@reelway/shared/db/tasks/queue.ts'
import { retryTask } from '@reelway/shared/db/tasks/retry.ts'
import { deleteLeftovers } from '@reelway/shared/storage/delete-objects.ts'
import { outputObjectName, partObjectName, sourceObjectName } from '@reelway/shared/storage/object-names.ts'
import { sql } from 'kysely'
import { type LocalPlace, openLocalPlace } from '../../contract/storage-place.ts'
import { cutTask, pictureParts } from '../../support/cut-task.ts'
import { openTestDatabase } from '../../support/database.ts'
import { newTask, newUser, someOutput, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase()

describe('sweeping a task', () => {
  let place: LocalPlace
  before(async () => {
    place = await openLocalPlace()
  })
  after(() => place.close())

  const bucket = () => place.storage.bucket('contract')
  const names = async () => (await bucket().getFiles())[0].map(({ name }) => name)

  /** A cancelled task whose leases have ended, with objects of a part, of two holders who died, and of an output that counts. */
  const cancelledTask = async () => {
    const { task, held } = await cutTask(db, pictureParts(1))
    const [part] = held
    assert.ok(part)
    const objects = {
      stored: partObjectName(task.id, part.partId, part.lease.token),
      lost: partObjectName(task.id, part.partId, 'another'),
      lostOutput: outputObjectName(task.id, 'another', 'video.mp4'),
      output: outputObjectName(task.id, part.lease.token, 'video.mp4'),
    }
    for (const name of Object.values(objects)) await bucket().file(name).save('content')
    await cancelTask(db, task.userId, task.id)
    await db
      .insertInto('outputs')
      .values({ ...someOutput(objects.output), taskId: task.id })
      .execute()
    await db
      .updateTable('jobs')
      .set({ leaseExpiresAt: sql<Date>`now() - interval '1 s'` })
      .where('taskId', '=', task.id)
      .execute()
    return { task, objects }
  }

  test('removes all parts, and results that did not count, also those that no row knows, and nothing else', async () => {
    const { task, objects } = await cancelledTask()
    await sweepTask({ db, uploads: bucket(), outputs: bucket() }, task.id)
    const left = await names()
    assert.deepEqual(
      [objects.stored, objects.lost, objects.lostOutput, objects.output].map((name) => left.includes(name)),
      [false, false, false, true],
    )
    assert.deepEqual(await listLeftovers(db, 10), [])
  })

  test('removes nothing of a task that was retried', async () => {
    const { task, objects } = await cancelledTask()
    await retryTask(db, task.userId, task.id, undefined)
    await sweepTask({ db, uploads: bucket(), outputs: bucket() }, task.id)
    assert.ok((await names()).includes(objects.stored))
  })

  /** A task that was found to wait for its upload for nine days, at the moment at which that does arrive. */
  const abandonedTask = async () => {
    const task = await newTask(db, await newUser(db), { uploadSignedAt: sql<Date>`now() - interval '9 d'` })
    assert.ok((await listAbandonedUploads(db, 10)).includes(task.id))
    await bucket().file(sourceObjectName(task.id)).save('a video')
    return task
  }

  test('removes the upload of a task that has expired', async () => {
    const task = await abandonedTask()
    await expireTask(db, task.id)
    assert.equal((await taskRow(db, task.id)).status, 'expired')
    assert.ok((await listLeftovers(db, 10)).includes(task.id))
    await sweepTask({ db, uploads: bucket(), outputs: bucket() }, task.id)
    assert.ok(!(await names()).includes(sourceObjectName(task.id)))
    assert.ok(!(await listLeftovers(db, 10)).includes(task.id))
  })

  test('leaves the upload of a task that was queued just before it was to expire', async () => {
    const task = await abandonedTask()
    assert.ok(await queueTask(db, task.id, { generation: '1', crc32c: 'AAAAAA==' }, undefined))
    await expireTask(db, task.id)
    await sweepTask({ db, uploads: bucket(), outputs: bucket() }, task.id)
    assert.equal((await taskRow(db, task.id)).status, 'queued')
    assert.ok((await names()).includes(sourceObjectName(task.id)))
  })

  test('does not touch what is stored after it was decided', async () => {
    const { task, objects } = await cancelledTask()
    const later = partObjectName(task.id, 'a-new-part', 'of-a-retry')
    await deleteLeftovers(bucket(), task.id, async () => {
      await bucket().file(later).save('content')
      return { keptObjects: [] }
    })
    const left = await names()
    assert.deepEqual([left.includes(objects.stored), left.includes(later)], [false, true])
  })
})
