import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { migrate, migrations } from '@reelway/shared/db/migrate.ts'
import { type Kysely, sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'

const { db, url } = await openTestDatabase()

const first = '0001-accounts-tasks-jobs'

const connect = (databaseUrl: string) =>
  connectDatabase(
    { DATABASE_URL: databaseUrl, DB_NAME: 'unused', DB_IP_TYPE: 'PRIVATE', DB_POOL_SIZE: 1 },
    () => undefined,
  )

test('a database that is up to date is left alone', async () => {
  assert.deepEqual(await migrate(db), [])
})

test('eight that migrate an empty database at the same time apply each migration once, and all succeed', async () => {
  const name = `empty_${randomBytes(6).toString('hex')}`
  await sql`create database ${sql.id(name)}`.execute(db)
  const empty = new URL(url)
  empty.pathname = `/${name}`
  try {
    const connections = await Promise.all(Array.from({ length: 8 }, () => connect(empty.href)))
    const applied = await Promise.all(connections.map((connection) => migrate(connection.db)))
    await Promise.all(connections.map((connection) => connection.close()))
    assert.equal(applied.flat().filter((migration) => migration === first).length, 1)
    assert.deepEqual(
      [...new Set(applied.flat())],
      applied.find((list) => list.length > 0),
    )
  } finally {
    await sql`drop database ${sql.id(name)} with (force)`.execute(db)
  }
})

test('a database that a later release has migrated is no obstacle to this one, nor to the next', async () => {
  const name = `taken_back_${randomBytes(6).toString('hex')}`
  await sql`create database ${sql.id(name)}`.execute(db)
  const url2 = new URL(url)
  url2.pathname = `/${name}`
  const connection = await connect(url2.href)
  const adds = (table: string) => ({
    up: async (on: Kysely<unknown>) => void (await sql`create table ${sql.id(table)} ()`.execute(on)),
  })
  try {
    const later = { ...migrations, '9998-later': adds('later') }
    assert.deepEqual((await migrate(connection.db, later)).at(-1), '9998-later')
    assert.deepEqual(await migrate(connection.db), [])
    assert.deepEqual(await migrate(connection.db, { ...migrations, '9997-next': adds('next') }), ['9997-next'])
  } finally {
    await connection.close()
    await sql`drop database ${sql.id(name)} with (force)`.execute(db)
  }
})

test('a migration that fails leaves nothing behind, and says what the statement said', async () => {
  const name = `broken_${randomBytes(6).toString('hex')}`
  await sql`create database ${sql.id(name)}`.execute(db)
  const broken = new URL(url)
  broken.pathname = `/${name}`
  const connection = await connect(broken.href)
  try {
    await sql`create table jobs (in_the_way integer)`.execute(connection.db)
    await assert.rejects(migrate(connection.db), { code: '42P07' })
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public'`.execute(connection.db)
    assert.deepEqual(
      rows.filter((table) => !table.name.startsWith('kysely_')).map((table) => table.name),
      ['jobs'],
    )
  } finally {
    await connection.close()
    await sql`drop database ${sql.id(name)} with (force)`.execute(db)
  }
})
