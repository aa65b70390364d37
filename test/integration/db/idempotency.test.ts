import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetIdempotencyKeys } from '@reelway/shared/db/idempotency-keys/forget.ts'
import { createTask, type NewTask } from '@reelway/shared/db/tasks/create.ts'
import { purgeTask } from '@reelway/shared/db/tasks/purge.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import { newUser } from '../../support/rows.ts'

const { db } = await openTestDatabase({ poolSize: 20 })

const newTask = (userId: string): NewTask => ({
  userId,
  preset: 'league',
  fileName: 'clip.mp4',
  contentType: 'video/mp4',
  sizeBytes: 1000,
  uploadType: 'resumable',
  announcedCrc32c: null,
})

const key = (name: string, body = 'body') => ({ key: name, bodyHash: Buffer.from(body) })

const tasksOf = async (userId: string): Promise<string[]> =>
  (await db.selectFrom('tasks').select('id').where('userId', '=', userId).execute()).map((task) => task.id)

const idOf = (created: Awaited<ReturnType<typeof createTask>>) => ('row' in created ? created.row.id : undefined)

test('the same key at twenty places at the same time makes one task, and all get it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const user = await newUser(db)
    const results = await Promise.all(Array.from({ length: 20 }, () => createTask(db, newTask(user), key('k'))))
    assert.equal(results.filter(({ kind }) => kind === 'created').length, 1)
    assert.equal(results.filter(({ kind }) => kind === 'repeated').length, 19)
    assert.deepEqual([...new Set(results.map(idOf))], await tasksOf(user))
  }
})

test('the same key with another body is refused, and makes no task', async () => {
  const user = await newUser(db)
  const first = await createTask(db, newTask(user), key('k'))
  assert.deepEqual(await createTask(db, newTask(user), key('k', 'other')), { kind: 'key-reused' })
  assert.deepEqual(await tasksOf(user), [idOf(first)])
})

test('the same key with two bodies at the same time makes one task and one refusal', async () => {
  const user = await newUser(db)
  const results = await Promise.all([
    createTask(db, newTask(user), key('k', 'one')),
    createTask(db, newTask(user), key('k', 'two')),
  ])
  assert.deepEqual(results.map(({ kind }) => kind).sort(), ['created', 'key-reused'])
  assert.equal((await tasksOf(user)).length, 1)
})

test('the same key of another user is another key', async () => {
  const [user, other] = [await newUser(db), await newUser(db)]
  const [mine, theirs] = [await createTask(db, newTask(user), key('k')), await createTask(db, newTask(other), key('k'))]
  assert.deepEqual([mine.kind, theirs.kind], ['created', 'created'])
  assert.notEqual(idOf(mine), idOf(theirs))
})

test('without a key every request makes a task', async () => {
  const user = await newUser(db)
  await Promise.all([createTask(db, newTask(user), undefined), createTask(db, newTask(user), undefined)])
  assert.equal((await tasksOf(user)).length, 2)
})

test('a key is known for 24 hours and then forgotten', async () => {
  const user = await newUser(db)
  const first = await createTask(db, newTask(user), key('k'))
  const age = (interval: string) =>
    db
      .updateTable('idempotencyKeys')
      .set({ createdAt: sql<Date>`now() - ${interval}::interval` })
      .where('userId', '=', user)
      .execute()
  await age('23 h 59 min')
  await forgetIdempotencyKeys(db)
  assert.deepEqual(await createTask(db, newTask(user), key('k')).then(idOf), idOf(first))
  await age('24 h 1 s')
  await forgetIdempotencyKeys(db)
  const again = await createTask(db, newTask(user), key('k'))
  assert.equal(again.kind, 'created')
  assert.notEqual(idOf(again), idOf(first))
})

test('a key is forgotten together with its task: a deleted task is answered to nobody', async () => {
  const user = await newUser(db)
  const first = await createTask(db, newTask(user), key('k'))
  assert.equal(await removeTask(db, user, idOf(first) ?? ''), true)
  const again = await createTask(db, newTask(user), key('k'))
  assert.equal(again.kind, 'created')
  await purgeTask(db, idOf(first) ?? '')
  assert.deepEqual(await tasksOf(user), [idOf(again)])
})

test('repeating a request while its task is deleted never fails', async () => {
  for (let round = 0; round < 30; round += 1) {
    const user = await newUser(db)
    const first = idOf(await createTask(db, newTask(user), key('k'))) ?? ''
    const [, ...repeated] = await Promise.all([
      removeTask(db, user, first).then(() => purgeTask(db, first)),
      createTask(db, newTask(user), key('k')),
      createTask(db, newTask(user), key('k')),
      createTask(db, newTask(user), key('k')),
    ])
    for (const { kind } of repeated) assert.notEqual(kind, 'key-reused')
  }
})
