import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { listTaskChanges, NOWHERE, parsePosition, type TaskChanges } from '@reelway/shared/db/tasks/list-changes.ts'
import { purgeTask } from '@reelway/shared/db/tasks/purge.ts'
import { removeTask } from '@reelway/shared/db/tasks/remove.ts'
import { openTestDatabase } from '../../support/database.ts'
import { newTask, newUser } from '../../support/rows.ts'

const { db } = await openTestDatabase()

const positionOf = async (userId: string) => (await listTaskChanges(db, userId, undefined)).position
const idsIn = (changes: TaskChanges) => {
  assert.equal(changes.kind, 'known')
  return changes.kind === 'known' ? changes.changed.map(({ task }) => task.id) : []
}
/** Goes on from position to position: what is new to whoever is early ends once no older transaction is open, here or in another test. */
const whenNothingIsNew = async (userId: string, since: string): Promise<string> => {
  const changes = await listTaskChanges(db, userId, since)
  if (changes.kind === 'known' && changes.changed.length === 0) return changes.position
  await sleep(100)
  return whenNothingIsNew(userId, changes.position)
}
/** A position before which all of the user's tasks lie, whatever transactions of other tests were open while they were made. */
const settledPositionOf = async (userId: string) => whenNothingIsNew(userId, await positionOf(userId))
const progress = (id: string, value: number) => db.updateTable('tasks').set({ progress: value }).where('id', '=', id)

test('what was made and changed since a position comes, each as it is now, and of no other user', async () => {
  const [ana, ben] = [await newUser(db), await newUser(db)]
  const [old, changed] = [await newTask(db, ana), await newTask(db, ana)]
  const since = await settledPositionOf(ana)
  await progress(changed.id, 0.5).execute()
  await progress(changed.id, 0.7).execute()
  const made = await newTask(db, ana)
  await newTask(db, ben)
  const changes = await listTaskChanges(db, ana, since)
  assert.deepEqual(idsIn(changes), [changed.id, made.id])
  assert.ok(!idsIn(changes).includes(old.id))
  assert.equal(changes.kind === 'known' ? changes.changed[0]?.task.progress : undefined, 0.7)
  await whenNothingIsNew(ana, changes.position)
})

test('a transaction that began first and commits last is not lost, whoever reads in between', async () => {
  const userId = await newUser(db)
  const [slow, quick] = [await newTask(db, userId), await newTask(db, userId)]
  const start = await settledPositionOf(userId)
  const transaction = await db.startTransaction().execute()
  await transaction.updateTable('tasks').set({ progress: 0.1 }).where('id', '=', slow.id).execute()
  await progress(quick.id, 0.2).execute()
  const between = await listTaskChanges(db, userId, start)
  assert.deepEqual(idsIn(between), [quick.id])
  const later = await listTaskChanges(db, userId, between.position)
  await transaction.commit().execute()
  for (const position of [between.position, later.position]) {
    assert.ok(idsIn(await listTaskChanges(db, userId, position)).includes(slow.id))
  }
})

test('of interleaved transactions that commit in any order, a reader that goes on from each position hears all', async () => {
  const userId = await newUser(db)
  const tasks = await Promise.all(Array.from({ length: 8 }, () => newTask(db, userId)))
  let position = await positionOf(userId)
  const heard = new Map<string, number>()
  const listen = async () => {
    const changes = await listTaskChanges(db, userId, position)
    position = changes.position
    if (changes.kind === 'known') for (const { task } of changes.changed) heard.set(task.id, task.progress)
  }
  const open = []
  for (const [index, { id }] of tasks.entries()) {
    const transaction = await db.startTransaction().execute()
    await transaction
      .updateTable('tasks')
      .set({ progress: (index + 1) / 10 })
      .where('id', '=', id)
      .execute()
    open.push(transaction)
    await listen()
  }
  for (const index of [5, 0, 7, 2, 6, 1, 4, 3]) {
    await open[index]?.commit().execute()
    await listen()
  }
  assert.deepEqual(
    tasks.map(({ id }) => heard.get(id)),
    tasks.map((_, index) => (index + 1) / 10),
  )
})

test('a deleted task comes as deleted; once it is purged, only whoever has not heard of it is told to begin anew', async () => {
  const userId = await newUser(db)
  const { id } = await newTask(db, userId)
  const before = await positionOf(userId)
  await removeTask(db, userId, id)
  const changes = await listTaskChanges(db, userId, before)
  assert.deepEqual(idsIn(changes), [id])
  assert.ok(changes.kind === 'known' && changes.changed[0]?.task.deletedAt instanceof Date)
  const heard = await whenNothingIsNew(userId, changes.position)
  await purgeTask(db, id)
  assert.equal((await listTaskChanges(db, userId, before)).kind, 'unknown')
  assert.deepEqual(idsIn(await listTaskChanges(db, userId, heard)), [])
})

test('a position of another start of the server, of nowhere, or from too long ago is unknown', async () => {
  const userId = await newUser(db)
  const since = await positionOf(userId)
  for (const other of [
    NOWHERE,
    since.replace(/^\d+/, '12345'),
    parsePosition('nonsense'),
    parsePosition("1-1' or true"),
  ]) {
    assert.equal((await listTaskChanges(db, userId, other)).kind, 'unknown', other)
  }
  for (let made = 0; made < 201; made += 1) await newTask(db, userId)
  const { kind, position } = await listTaskChanges(db, userId, since)
  assert.equal(kind, 'unknown')
  await whenNothingIsNew(userId, position)
})
