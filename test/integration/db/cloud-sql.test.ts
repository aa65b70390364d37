import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { claimJob } from '@reelway/shared/db/jobs/claim.ts'
import { sql } from 'kysely'
import { type CloudSql, startCloudSql } from '../../support/cloud-sql.ts'
import { type CloudSqlPlace, connectThroughCloudSql } from '../../support/cloud-sql-connection.ts'
import { openTestDatabase } from '../../support/database.ts'
import { jobRow, queuedTask } from '../../support/rows.ts'

const INSTANCE = 'reelway-local:europe-west1:main'
const { db: owner, url } = await openTestDatabase()
// Roles belong to the whole server, which other tests use at the same time.
const user = `web-${randomBytes(6).toString('hex')}@reelway-local.iam`
const password = randomBytes(12).toString('hex')
const accessToken = randomBytes(12).toString('hex')

const startStandIn = (serverName: string, refusals = 0): Promise<CloudSql> =>
  startCloudSql({ instance: INSTANCE, serverName, accessToken, postgresUrl: url, password, refusals })
const placeAt = ({ adminUrl }: CloudSql): CloudSqlPlace => ({
  adminUrl,
  accessToken,
  instance: INSTANCE,
  user,
  database: new URL(url).pathname.slice(1),
})
const PATIENCE = { timeout: 10_000 }
const failTest = (error: unknown): void => assert.fail(error instanceof Error ? error : String(error))

describe('the Cloud SQL connector, up to stand-ins of Admin API and proxy (not the IAM log-in inside PostgreSQL)', () => {
  before(async () => {
    await sql`create role ${sql.id(user)} login password ${sql.lit(password)}`.execute(owner)
    await sql`grant all on all tables in schema public to ${sql.id(user)}`.execute(owner)
  })
  after(async () => {
    await sql`drop owned by ${sql.id(user)}`.execute(owner)
    await sql`drop role ${sql.id(user)}`.execute(owner)
  })

  const openBackends = async (): Promise<number> => {
    const { rows } = await sql`select from pg_stat_activity where usename = ${user}`.execute(owner)
    return rows.length
  }

  test('four statements at once run as the IAM user on four backends', async (t) => {
    await using cloudSql = await startStandIn('reelway-local:main')
    await using connection = await connectThroughCloudSql(placeAt(cloudSql), failTest)
    const statement = sql<{ pid: number; user: string }>`
      select pg_backend_pid() as pid, current_user as user from pg_sleep(0.2)`
    const answers = await Promise.all([1, 2, 3, 4].map(() => statement.execute(connection.db)))
    const rows = answers.flatMap((answer) => answer.rows)
    assert.equal(new Set(rows.map(({ pid }) => pid)).size, 4)
    assert.deepEqual(new Set(rows.map((row) => row.user)), new Set([user]))
    assert.equal(cloudSql.openConnections(), 4)
    await connection.close()
    await t.waitFor(async () => {
      assert.equal(cloudSql.openConnections(), 0)
      assert.equal(await openBackends(), 0)
    }, PATIENCE)
  })

  test('one of four claims of a job gets it', async () => {
    await using cloudSql = await startStandIn('reelway-local:main')
    await using connection = await connectThroughCloudSql(placeAt(cloudSql), failTest)
    const { job } = await queuedTask(owner)
    const claims = await Promise.all([1, 2, 3, 4].map(() => claimJob(connection.db, job.id)))
    const held = 'held-by-another'
    assert.deepEqual(claims.map(({ kind }) => kind).sort(), ['claimed', held, held, held])
    const claimed = claims.find((claim) => claim.kind === 'claimed') ?? assert.fail()
    assert.equal((await jobRow(owner, job.id)).leaseToken, claimed.lease.token)
  })

  test('a server whose certificate is for another instance is refused, and sees no user name', async (t) => {
    await using cloudSql = await startStandIn('reelway-local:another')
    await using connection = await connectThroughCloudSql(placeAt(cloudSql), () => undefined)
    await assert.rejects(sql`select 1`.execute(connection.db), { code: 'EBADSQLADMINVERIFYCERT' })
    // The connector asks for a new certificate at once, and cannot bear that the Admin API goes away meanwhile.
    await t.waitFor(() => assert.equal(cloudSql.certificates(), 2), PATIENCE)
    await connection.close()
    await t.waitFor(() => assert.equal(cloudSql.openConnections(), 0), PATIENCE)
    assert.equal(cloudSql.logIns(), 0)
  })

  test('a statement after a pause, in which the certificate ran out, is answered all the same', async () => {
    await using cloudSql = await startStandIn('reelway-local:main', 1)
    const broken: unknown[] = []
    await using connection = await connectThroughCloudSql(placeAt(cloudSql), (error) => broken.push(error))
    const { rows } = await sql<{ user: string }>`select current_user as user`.execute(connection.db)
    assert.deepEqual(rows, [{ user }])
    assert.equal(broken.length, 1)
  })

  test('credentials that may not log in are refused before anything connects', async () => {
    await using cloudSql = await startStandIn('reelway-local:main')
    const place = { ...placeAt(cloudSql), accessToken: 'another' }
    await assert.rejects(connectThroughCloudSql(place, failTest), { status: 403 })
    assert.equal(cloudSql.certificates(), 0)
  })

  test('a process that has closed the connection ends by itself', async () => {
    await using cloudSql = await startStandIn('reelway-local:main')
    const script = `
      import { sql } from 'kysely'
      import { connectThroughCloudSql } from '${new URL('../../support/cloud-sql-connection.ts', import.meta.url)}'
      const { db, close } = await connectThroughCloudSql(${JSON.stringify(placeAt(cloudSql))}, console.error)
      await sql\`select 1\`.execute(db)
      await close()
      console.log('closed')`
    const run = promisify(execFile)
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      // Far less than the hour for which the connector has a certificate, and waits to renew it.
      timeout: 30_000,
    })
    assert.deepEqual({ stdout, stderr }, { stdout: 'closed\n', stderr: '' })
  })
})
