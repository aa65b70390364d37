import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { createTaskFromSource } from '@reelway/shared/db/tasks/create-from-source.ts'
import { isUploadUsed } from '@reelway/shared/db/tasks/is-upload-used.ts'
import { listPurgeableTasks, purgeTask } from '@reelway/shared/db/tasks/purge.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { untilBlocked } from '../../support/blocked.ts'
import { openTestDatabase } from '../../support/database.ts'
import { jobsOf, newTask, newUser, taskRow } from '../../support/rows.ts'

const { db } = await openTestDatabase({ poolSize: 20 })

const uploaded = { sourceGeneration: '7', sourceCrc32c: 'AAAAAA==', announcedCrc32c: 'AAAAAA==' } as const

const newSource = async (fields: Parameters<typeof newTask>[2] = {}): Promise<TaskRow> =>
  newTask(db, await newUser(db), {
    status: 'completed',
    fileName: 'flight.mov',
    sizeBytes: 4321,
    ...uploaded,
    ...fields,
  })

const again = (source: TaskRow, userId = source.userId, on = db, key?: string) =>
  createTaskFromSource(
    on,
    { userId, lane: 'main', preset: 'webm-720p', options: '{}', sourceTaskId: source.id, traceparent: 'trace' },
    {
      idempotencyKey: key === undefined ? undefined : { key, bodyHash: Buffer.from('body') },
      assets: [],
      checkSource: () => undefined,
    },
  )

const made = async (source: TaskRow): Promise<TaskRow> => {
  const created = await again(source)
  if (created.kind !== 'created') throw new Error(created.kind)
  return created.row
}

describe('another conversion', () => {
  const summary = { container: 'mov', durationSeconds: 3, width: 2, height: 2, frameRate: 25 }
  const codecs = { videoCodec: 'h264', audioCodec: null, audioChannels: null, audioSampleRateHz: null }

  test('is queued with a job, and has of its source the file, the upload and what is known of it', async () => {
    const source = await newSource({ source: JSON.stringify({ ...summary, ...codecs }), progress: 1, attempts: 3 })
    const task = await made(source)
    assert.deepEqual(
      [task.status, task.sourceTaskId, task.preset, task.progress, task.attempts, task.source],
      ['queued', source.id, 'webm-720p', 0, 0, { ...summary, ...codecs }],
    )
    for (const field of ['fileName', 'contentType', 'sizeBytes', 'sourceGeneration', 'sourceCrc32c'] as const) {
      assert.equal(task[field], source[field], field)
    }
    assert.ok(task.queuedAt)
    const jobs = await jobsOf(db, task.id)
    assert.deepEqual(
      jobs.map(({ kind, status, traceparent }) => [kind, status, traceparent]),
      [['convert', 'queued', 'trace']],
    )
  })

  test('of another conversion names the task that brought the upload', async () => {
    const root = await newSource()
    const child = await made(root)
    const grandchild = await made(child)
    assert.deepEqual([child.sourceTaskId, grandchild.sourceTaskId], [root.id, root.id])
    await removeTask(db, root.userId, root.id)
    assert.equal((await made(grandchild)).sourceTaskId, root.id, 'also when that is deleted')
  })

  for (const status of ['queued', 'processing', 'completed', 'failed', 'cancelled'] as const) {
    test(`can be had of a task that is ${status}`, async () => {
      assert.equal((await again(await newSource({ status }))).kind, 'created')
    })
  }

  test('cannot be had without an upload, of what is deleted, or of somebody else', async () => {
    for (const status of ['awaiting_upload', 'cancelled', 'expired'] as const) {
      const source = await newSource({ status, sourceGeneration: null })
      assert.deepEqual(await again(source), { kind: 'refused', reason: 'no-upload', status })
    }
    const source = await newSource()
    assert.deepEqual(await again(source, await newUser(db)), { kind: 'refused', reason: 'no-source' })
    await removeTask(db, source.userId, source.id)
    assert.deepEqual(await again(source), { kind: 'refused', reason: 'no-source' })
    assert.equal((await db.selectFrom('tasks').select('id').where('sourceTaskId', '=', source.id).execute()).length, 0)
  })

  test('is made once for each idempotency key, also when its source is gone by then', async () => {
    const source = await newSource()
    const key = randomUUID()
    const results = await Promise.all(Array.from({ length: 8 }, () => again(source, source.userId, db, key)))
    assert.equal(results.filter(({ kind }) => kind === 'created').length, 1)
    assert.equal(results.filter(({ kind }) => kind === 'repeated').length, 7)
    await removeTask(db, source.userId, source.id)
    assert.equal((await again(source, source.userId, db, key)).kind, 'repeated')
    const tasks = await db.selectFrom('tasks').select('id').where('sourceTaskId', '=', source.id).execute()
    assert.equal(tasks.length, 1)
    assert.equal((await jobsOf(db, tasks[0]?.id ?? '')).length, 1)
  })
})

describe('an upload that several tasks convert', () => {
  const isUsed = (root: TaskRow) => isUploadUsed(db, root.id, '7')
  const remove = ({ userId, id }: TaskRow) => removeTask(db, userId, id)

  test('is used until the last of them is deleted, in whatever order', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const root = await newSource()
      const family = [root, await made(root), await made(root)]
      for (const [place, index] of order.entries()) {
        assert.equal(await isUsed(root), true)
        const task = family[index]
        assert.ok(task && (await remove(task)))
        if (place === 1) await purgeTask(db, task.id)
      }
      assert.equal(await isUsed(root), false)
    }
  })

  test('outlives the row of the task that brought it', async () => {
    const root = await newSource()
    const child = await made(root)
    await remove(root)
    assert.ok((await listPurgeableTasks(db, 100)).includes(root.id))
    await purgeTask(db, root.id)
    assert.equal(await isUsed(root), true)
    assert.equal((await made(child)).sourceTaskId, root.id)
  })

  test('in another generation is not the one that they use', async () => {
    assert.equal(await isUploadUsed(db, (await newSource()).id, '8'), false)
  })

  test('is found used by whoever deletes the source while another conversion is made', async () => {
    const root = await newSource()
    const creating = await db.startTransaction().execute()
    // What createTaskFromSource does first, and a delete that comes in the middle of it.
    await creating.selectFrom('tasks').select('id').where('id', '=', root.id).forShare().execute()
    const removing = remove(root)
    await untilBlocked(db)
    await creating
      .insertInto('tasks')
      .values({ ...(await asNew(root)), sourceTaskId: root.id })
      .execute()
    await creating.commit().execute()
    assert.equal(await removing, true)
    assert.equal(await isUsed(root), true)
  })

  test('is either used or refused, however creation and deletion fall together', async () => {
    for (let round = 0; round < 40; round += 1) {
      const root = await newSource()
      const [created, wasUsed] = await Promise.all([again(root), remove(root).then(() => isUsed(root))])
      assert.equal(wasUsed, created.kind === 'created')
    }
  })

  test('is used, when the last conversion is deleted while another one is made of it', async () => {
    for (let round = 0; round < 40; round += 1) {
      const root = await newSource()
      const child = await made(root)
      await remove(root)
      const [created, wasUsed] = await Promise.all([again(child), remove(child).then(() => isUsed(root))])
      assert.equal(wasUsed, created.kind === 'created')
    }
  })
})

const asNew = async ({ id }: TaskRow) => {
  const { userId, preset, fileName, contentType, sizeBytes, uploadType, sourceGeneration } = await taskRow(db, id)
  return { userId, preset, fileName, contentType, sizeBytes, uploadType, sourceGeneration }
}
