import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { listTasks, type TaskQuery } from '@reelway/shared/db/tasks/list.ts'
import type { TaskRow } from '@reelway/shared/db/tasks/task-row.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import { newTask, newUser } from '../../support/rows.ts'

const { db } = await openTestDatabase()

const created = async (userId: string, time: string, fields: Parameters<typeof newTask>[2] = {}): Promise<TaskRow> => {
  const task = await newTask(db, userId, fields)
  return db
    .updateTable('tasks')
    .set({ createdAt: time })
    .where('id', '=', task.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Pages through a list as a client does, and calls `between` after every page. */
const pages = async (
  userId: string,
  query: Pick<TaskQuery, 'limit' | 'order'> & Partial<TaskQuery>,
  between: () => Promise<unknown> = async () => undefined,
): Promise<string[][]> => {
  const found: string[][] = []
  let after: TaskQuery['after']
  for (;;) {
    const rows = await listTasks(db, userId, { status: undefined, ...query, after })
    const page = rows.slice(0, query.limit)
    found.push(page.map((task) => task.id))
    after = page.at(-1)
    if (rows.length <= query.limit) return found
    await between()
  }
}

const byPosition = (left: TaskRow, right: TaskRow): number =>
  Number(left.createdAt) - Number(right.createdAt) || (left.id < right.id ? -1 : 1)

const userWithTies = async () => {
  const user = await newUser(db)
  const tasks: TaskRow[] = []
  for (const second of [1, 2, 2, 2, 2, 2, 3]) tasks.push(await created(user, `2026-01-01T00:00:0${second}.123Z`))
  return { user, oldest: tasks.sort(byPosition).map((task) => task.id) }
}

describe('a list of tasks', () => {
  test('comes newest first or oldest first, with ties in a fixed order', async () => {
    const { user, oldest } = await userWithTies()
    assert.deepEqual(await pages(user, { limit: 100, order: 'oldest' }), [oldest])
    assert.deepEqual(await pages(user, { limit: 100, order: 'newest' }), [[...oldest].reverse()])
  })

  for (const limit of [1, 2, 3, 7, 8]) {
    test(`in pages of ${limit} has every task once, also where a page ends between ties`, async () => {
      const { user, oldest } = await userWithTies()
      const forward = await pages(user, { limit, order: 'oldest' })
      assert.deepEqual(forward.flat(), oldest)
      assert.equal(forward.length, Math.ceil(7 / limit), 'there is no empty page at the end')
      assert.deepEqual((await pages(user, { limit, order: 'newest' })).flat(), [...oldest].reverse())
    })
  }

  test('does not shift when tasks are made while it is paged through', async () => {
    const { user, oldest } = await userWithTies()
    const newest = await pages(user, { limit: 2, order: 'newest' }, () => newTask(db, user))
    assert.deepEqual(newest.flat(), [...oldest].reverse())
    const later: string[] = []
    const seen = await pages(user, { limit: 4, order: 'oldest' }, async () => {
      if (later.length < 2) later.push((await newTask(db, user)).id)
    })
    assert.deepEqual(seen.flat().slice(0, 7), oldest)
    for (const id of later) assert.equal(seen.flat().filter((each) => each === id).length, 1)
  })

  test('does not lose tasks when others are deleted while it is paged through', async () => {
    const { user, oldest } = await userWithTies()
    const seen = await pages(user, { limit: 2, order: 'oldest' }, () =>
      db
        .updateTable('tasks')
        .set({ deletedAt: sql<Date>`now()` })
        .where('id', '=', oldest[0] ?? '')
        .execute(),
    )
    assert.deepEqual(seen.flat(), oldest)
  })

  test('of one status holds only tasks of that status, also across pages', async () => {
    const user = await newUser(db)
    const failed: string[] = []
    for (const status of ['failed', 'completed', 'failed', 'queued', 'failed'] as const) {
      const task = await newTask(db, user, { status })
      if (status === 'failed') failed.push(task.id)
    }
    const found = await pages(user, { limit: 2, order: 'oldest', status: 'failed' })
    assert.deepEqual(
      found.map((page) => page.length),
      [2, 1],
    )
    assert.deepEqual(found.flat().sort(), failed.sort())
  })

  test('holds neither deleted tasks nor those of others', async () => {
    const [user, other] = [await newUser(db), await newUser(db)]
    await newTask(db, other)
    await newTask(db, user, { deletedAt: sql<Date>`now()` })
    assert.deepEqual(await pages(user, { limit: 10, order: 'newest' }), [[]])
  })
})
