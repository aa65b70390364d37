import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createUser } from '@reelway/shared/db/users/create.ts'
import { findUser, findUserByLogin } from '@reelway/shared/db/users/find.ts'
import { openTestDatabase } from '../../support/database.ts'

const { db } = await openTestDatabase({ poolSize: 12 })

const account = (username: string, email: string) => ({ username, email, passwordHash: 'hash' })
const fresh = () => randomUUID().slice(0, 8)

test('of ten sign-ups with one name in any case at the same time one is made', async () => {
  const name = `ana${fresh()}`
  const spelled = (count: number) => (count % 2 === 0 ? name : name.toUpperCase())
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, count) => createUser(db, account(spelled(count), `${fresh()}@example.com`))),
  )
  assert.equal(results.filter(({ kind }) => kind === 'created').length, 1)
  assert.equal(results.filter(({ kind }) => kind === 'username-taken').length, 9)
})

test('of ten sign-ups with one address in any case at the same time one is made', async () => {
  const address = `${fresh()}@example.com`
  const spelled = (count: number) => (count % 2 === 0 ? address : address.toUpperCase())
  const results = await Promise.all(
    Array.from({ length: 10 }, (_, count) => createUser(db, account(`user${fresh()}`, spelled(count)))),
  )
  assert.equal(results.filter(({ kind }) => kind === 'created').length, 1)
  assert.equal(results.filter(({ kind }) => kind === 'email-taken').length, 9)
})

test('an account is found by its name or its address, in any case, and by its id without its hash', async () => {
  const name = `Ben${fresh()}`
  const created = await createUser(db, account(name, `${name}@Example.com`))
  assert.equal(created.kind, 'created')
  if (created.kind !== 'created') return
  for (const login of [name.toUpperCase(), `${name}@example.COM`]) {
    assert.deepEqual(await findUserByLogin(db, login), { ...created.user, passwordHash: 'hash' })
  }
  assert.deepEqual(await findUser(db, created.user.id), created.user)
  assert.equal(await findUserByLogin(db, `${name}x`), undefined)
  assert.equal(await findUser(db, randomUUID()), undefined)
})

test('an account whose name has capitals beyond ASCII can log in with it, and keeps it for itself', async () => {
  const name = `ÄÑİ${fresh()}`
  const created = await createUser(db, account(name, `${fresh()}@example.com`))
  assert.equal(created.kind, 'created')
  assert.equal((await findUserByLogin(db, name))?.username, name)
  assert.deepEqual(await createUser(db, account(name, `${fresh()}@example.com`)), { kind: 'username-taken' })
})
