import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import pg from 'pg'
import { openTestDatabase } from '../../support/database.ts'

const { url } = await openTestDatabase()
const owner = new pg.Client({ connectionString: url })
await owner.connect()
const suffix = randomBytes(4).toString('hex')
// Named as Cloud SQL names the database user of a service account.
const grantees = [`reelway-web-${suffix}@reelway-test.iam`, `reelway-batch-${suffix}@reelway-test.iam`]
for (const grantee of grantees) {
  await owner.query(`create role ${owner.escapeIdentifier(grantee)} login password 'test'`)
}
/** The migration job, as it runs on Cloud Run. */
const runJob = (databaseUrl = url) =>
  promisify(execFile)(process.execPath, ['services/web/migrate/main.ts'], {
    env: { GOOGLE_CLOUD_PROJECT: 'reelway-test', DATABASE_URL: databaseUrl, DB_GRANTEES: grantees.join(',') },
  })

const { stdout: firstRun } = await runJob()

describe('after the migration job', () => {
  // Within the suite: before the database is dropped.
  after(async () => {
    for (const grantee of grantees) {
      await owner.query(`drop owned by ${owner.escapeIdentifier(grantee)}`)
      await owner.query(`drop role ${owner.escapeIdentifier(grantee)}`)
    }
    await owner.end()
  })

  const as = async (grantee: string, use: (client: pg.Client) => Promise<void>): Promise<void> => {
    const address = new URL(url)
    address.username = encodeURIComponent(grantee)
    address.password = 'test'
    const client = new pg.Client({ connectionString: address.href })
    await client.connect()
    try {
      await use(client)
    } finally {
      await client.end()
    }
  }
  const INSUFFICIENT_PRIVILEGE = { code: '42501' }

  test('it says in the log what it did, and for whom', () => {
    assert.match(firstRun, /"message":"the database is up to date"/)
    for (const grantee of grantees) assert.ok(firstRun.includes(grantee))
  })

  for (const grantee of grantees) {
    const [service = ''] = grantee.split(`-${suffix}`)
    test(`${service} reads, writes and deletes rows`, () =>
      as(grantee, async (client) => {
        await client.query(`insert into rate_limits values ($1, now())`, [grantee])
        await client.query(`update rate_limits set arrival_at = now() where key = $1`, [grantee])
        const { rows } = await client.query('select key from rate_limits where key = $1', [grantee])
        assert.equal(rows.length, 1)
        await client.query('delete from rate_limits where key = $1', [grantee])
      }))

    test(`${service} makes, changes and drops no table, and empties none`, () =>
      as(grantee, async (client) => {
        for (const statement of [
          'create table own (id integer)',
          'alter table tasks add column own integer',
          'create index own on tasks (preset)',
          'drop table rate_limits',
          'truncate rate_limits',
          `create function own() returns integer language sql as 'select 1'`,
        ]) {
          await assert.rejects(client.query(statement), INSUFFICIENT_PRIVILEGE, statement)
        }
      }))

    test(`${service} reads which migrations have been applied, and does not write it`, () =>
      as(grantee, async (client) => {
        const { rows } = await client.query('select name from kysely_migration')
        assert.ok(rows.length > 0)
        await assert.rejects(client.query('delete from kysely_migration'), INSUFFICIENT_PRIVILEGE)
      }))
  }

  test('a table that a later migration makes is writable, too', async () => {
    await owner.query('create table later (id bigserial, name text)')
    await as(grantees[0] ?? '', async (client) => {
      await client.query(`insert into later (name) values ('one')`)
    })
    await owner.query('drop table later')
  })

  test('it can run again', async () => {
    const { stdout } = await runJob()
    assert.match(stdout, /"applied":\[\]/)
  })

  test('it ends with an exit code when the database is not there', async () => {
    const elsewhere = new URL(url)
    elsewhere.pathname = '/nowhere'
    await assert.rejects(runJob(elsewhere.href), (error: { code?: number; stdout?: string }) => {
      assert.equal(error.code, 1)
      assert.match(error.stdout ?? '', /the migration failed/)
      return true
    })
  })
})
