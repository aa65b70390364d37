import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { waitUntilReachable } from '@reelway/shared/db/wait-until-reachable.ts'
import { startBreakableProxy } from '../../support/breakable-proxy.ts'
import { openTestDatabase } from '../../support/database.ts'

const { url } = await openTestDatabase()
const proxy = await startBreakableProxy(Number(new URL(url).port))

/** A connection by way of the proxy, to the test's database or to `databaseName`. */
const connectThroughProxy = async (databaseName?: string) => {
  const address = new URL(url)
  address.host = proxy.host
  if (databaseName !== undefined) address.pathname = `/${databaseName}`
  const connection = await connectDatabase(
    { DATABASE_URL: address.href, DB_NAME: 'unused', DB_IP_TYPE: 'PRIVATE', DB_POOL_SIZE: 1 },
    () => undefined,
  )
  return { ...connection, [Symbol.asyncDispose]: connection.close }
}

test('a job waits for a database that is reachable only later', async () => {
  await using connection = await connectThroughProxy()
  await proxy.break()
  const waiting = waitUntilReachable(connection.db, 60)
  await assert.rejects(waitUntilReachable(connection.db, 0))
  await proxy.mend()
  await waiting
})

test('a job does not wait for what no waiting mends', async () => {
  await using connection = await connectThroughProxy('no_such_database')
  await assert.rejects(waitUntilReachable(connection.db, 60), { code: '3D000' })
})
