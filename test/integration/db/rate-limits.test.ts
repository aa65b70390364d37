import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { forgetUnusedRateLimits, resetRateLimit } from '@reelway/shared/db/rate-limits/reset.ts'
import { type RateLimit, takeFromRateLimit } from '@reelway/shared/db/rate-limits/take.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'

const { db } = await openTestDatabase({ poolSize: 30 })

// So long that no test is slow enough for the allowance to come back by itself.
const limit: RateLimit = { burst: 10, intervalSeconds: 600 }

const take = (key: string) => takeFromRateLimit(db, key, limit)

const takeMany = async (key: string, count: number): Promise<string[]> => {
  const kinds: string[] = []
  for (let taken = 0; taken < count; taken += 1) kinds.push((await take(key)).kind)
  return kinds
}

/** As if so much time had passed since everything that was taken. */
const pass = (key: string, seconds: number) =>
  db
    .updateTable('rateLimits')
    .set({ arrivalAt: sql<Date>`arrival_at - make_interval(secs => ${seconds})` })
    .where('key', '=', key)
    .execute()

const allowed = (count: number) => Array<string>(count).fill('allowed')

test('a burst is let through, and nothing after it', async () => {
  const key = randomUUID()
  assert.deepEqual(await takeMany(key, 12), [...allowed(10), 'limited', 'limited'])
})

test('one comes back with every interval, and never more than the burst', async () => {
  const key = randomUUID()
  await takeMany(key, 10)
  await pass(key, 601)
  assert.deepEqual(await takeMany(key, 2), ['allowed', 'limited'])
  await pass(key, 1201)
  assert.deepEqual(await takeMany(key, 3), ['allowed', 'allowed', 'limited'])
  await pass(key, 1_000_000)
  assert.deepEqual(await takeMany(key, 11), [...allowed(10), 'limited'])
})

test('who is refused is told when the next one is there, and that is true', async () => {
  const key = randomUUID()
  await takeMany(key, 10)
  const refused = await take(key)
  assert.equal(refused.kind, 'limited')
  if (refused.kind !== 'limited') return
  assert.ok(refused.nextSeconds > 590 && refused.nextSeconds <= 600, String(refused.nextSeconds))
  await pass(key, refused.nextSeconds - 10)
  assert.deepEqual(await take(key).then((taken) => taken.kind), 'limited')
  await pass(key, 10)
  assert.equal((await take(key)).kind, 'allowed')
})

test('who is let through is told what is left and when there is one more, and that is true', async () => {
  const key = randomUUID()
  const left: unknown[] = []
  for (let taken = 0; taken < 10; taken += 1)
    left.push(await take(key).then((all) => all.kind === 'allowed' && all.left))
  assert.deepEqual(left, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  await pass(key, 1700)
  const taken = await take(key)
  assert.ok(taken.kind === 'allowed' && taken.left === 1, JSON.stringify(taken))
  assert.ok(taken.nextSeconds > 90 && taken.nextSeconds <= 100, String(taken.nextSeconds))
  await takeMany(key, 1)
  await pass(key, taken.nextSeconds)
  assert.deepEqual(await takeMany(key, 2), ['allowed', 'limited'])
})

test('what is refused takes nothing', async () => {
  const key = randomUUID()
  await takeMany(key, 30)
  await pass(key, 601)
  assert.equal((await take(key)).kind, 'allowed')
})

test('of 50 at the same time exactly the burst is let through', async () => {
  for (let round = 0; round < 3; round += 1) {
    const key = randomUUID()
    const taken = await Promise.all(Array.from({ length: 50 }, () => take(key)))
    assert.equal(taken.filter(({ kind }) => kind === 'allowed').length, 10)
  }
})

test('keys do not share their allowance', async () => {
  const key = randomUUID()
  await takeMany(key, 11)
  assert.deepEqual(await take(randomUUID()), { kind: 'allowed', left: 9, nextSeconds: 600 })
})

test('a reset gives the whole allowance back', async () => {
  const key = randomUUID()
  await takeMany(key, 11)
  await resetRateLimit(db, key)
  assert.deepEqual(await takeMany(key, 11), [...allowed(10), 'limited'])
})

test('only keys that have their whole allowance back are forgotten', async () => {
  const [used, unused] = [randomUUID(), randomUUID()]
  await takeMany(used, 1)
  await takeMany(unused, 1)
  await pass(unused, 601)
  await forgetUnusedRateLimits(db)
  const keys = await db.selectFrom('rateLimits').select('key').where('key', 'in', [used, unused]).execute()
  assert.deepEqual(keys, [{ key: used }])
})
