import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { isSessionLive } from '@reelway/shared/db/sessions/is-live.ts'
import { openSession } from '@reelway/shared/db/sessions/open.ts'
import { revokeSession } from '@reelway/shared/db/sessions/revoke.ts'
import { rotateRefreshToken } from '@reelway/shared/db/sessions/rotate.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'
import { newUser } from '../../support/rows.ts'

const { db } = await openTestDatabase()

const token = () => randomBytes(32)

const opened = async () => {
  const first = token()
  const userId = await newUser(db)
  const sessionId = await openSession(db, userId, first)
  return { userId, sessionId, first }
}

const sessionOf = (userId: string) =>
  db.selectFrom('sessions').selectAll().where('userId', '=', userId).executeTakeFirstOrThrow()

test('a refresh token is traded for its successor, which works in turn', async () => {
  const { userId, sessionId, first } = await opened()
  const [second, third] = [token(), token()]
  assert.deepEqual(await rotateRefreshToken(db, first, second), { kind: 'rotated', userId, sessionId })
  assert.deepEqual(await rotateRefreshToken(db, second, third), { kind: 'rotated', userId, sessionId })
})

test('a session lives for its own user until it is revoked or has ended', async () => {
  const [{ userId, sessionId, first }, other] = [await opened(), await opened()]
  assert.equal(await isSessionLive(db, { userId, sessionId }), true)
  assert.equal(await isSessionLive(db, { userId: other.userId, sessionId }), false)
  await revokeSession(db, first)
  assert.equal(await isSessionLive(db, { userId, sessionId }), false)
  await db
    .updateTable('sessions')
    .set({ expiresAt: sql<Date>`now() - interval '1 s'` })
    .where('id', '=', other.sessionId)
    .execute()
  assert.equal(await isSessionLive(db, other), false)
})

test('a token that is used again ends the session: its successor works no more', async () => {
  const { userId, first } = await opened()
  const second = token()
  await rotateRefreshToken(db, first, second)
  assert.deepEqual(await rotateRefreshToken(db, first, token()), { kind: 'reused', userId })
  assert.deepEqual(await rotateRefreshToken(db, second, token()), { kind: 'invalid' })
  assert.ok((await sessionOf(userId)).revokedAt instanceof Date)
})

test('reuse ends that one session of the user only', async () => {
  const { userId, first } = await opened()
  const other = token()
  await openSession(db, userId, other)
  await rotateRefreshToken(db, first, token())
  await rotateRefreshToken(db, first, token())
  assert.equal((await rotateRefreshToken(db, other, token())).kind, 'rotated')
})

test('of two uses at the same time one wins, and the session ends', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { userId, first } = await opened()
    const successors = [token(), token()] as const
    const results = await Promise.all(successors.map((successor) => rotateRefreshToken(db, first, successor)))
    assert.deepEqual(results.map(({ kind }) => kind).sort(), ['reused', 'rotated'])
    assert.ok((await sessionOf(userId)).revokedAt instanceof Date)
    for (const successor of successors) {
      assert.deepEqual(await rotateRefreshToken(db, successor, token()), { kind: 'invalid' })
    }
  }
})

test('a session that has expired cannot be refreshed', async () => {
  const { userId, first } = await opened()
  await db
    .updateTable('sessions')
    .set({ expiresAt: sql<Date>`now() - interval '1 s'` })
    .where('userId', '=', userId)
    .execute()
  assert.deepEqual(await rotateRefreshToken(db, first, token()), { kind: 'invalid' })
})

test('a session lives for thirty days from its last use', async () => {
  const { userId, first } = await opened()
  await db
    .updateTable('sessions')
    .set({ expiresAt: sql<Date>`now() + interval '1 minute'` })
    .where('userId', '=', userId)
    .execute()
  await rotateRefreshToken(db, first, token())
  const days = (Number((await sessionOf(userId)).expiresAt) - Date.now()) / 86_400_000
  assert.ok(days > 29.9 && days < 30.1, String(days))
})

test('a revoked session cannot be refreshed, and revoking it again keeps the time', async () => {
  const { userId, first } = await opened()
  await revokeSession(db, first)
  const { revokedAt } = await sessionOf(userId)
  await revokeSession(db, first)
  assert.deepEqual((await sessionOf(userId)).revokedAt, revokedAt)
  assert.deepEqual(await rotateRefreshToken(db, first, token()), { kind: 'invalid' })
})

test('a used token still logs its session out', async () => {
  const { first } = await opened()
  const second = token()
  await rotateRefreshToken(db, first, second)
  await revokeSession(db, first)
  assert.deepEqual(await rotateRefreshToken(db, second, token()), { kind: 'invalid' })
})

test('an unknown token is invalid, and revokes nothing', async () => {
  const { first } = await opened()
  assert.deepEqual(await rotateRefreshToken(db, token(), token()), { kind: 'invalid' })
  await revokeSession(db, token())
  assert.equal((await rotateRefreshToken(db, first, token())).kind, 'rotated')
})
