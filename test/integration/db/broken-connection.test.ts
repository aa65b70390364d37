import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { sql } from 'kysely'
import { openTestDatabase } from '../../support/database.ts'

const { db, url } = await openTestDatabase()

test('a connection that breaks between two statements of a transaction fails the transaction, and ends nothing else', async () => {
  const broken = Promise.withResolvers<unknown>()
  const connection = await connectDatabase(
    { DATABASE_URL: url, DB_NAME: 'reelway', DB_IP_TYPE: 'PRIVATE', DB_POOL_SIZE: 1 },
    broken.resolve,
  )
  try {
    const transaction = connection.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db)
      // Nobody waits for an answer of the connection at the moment in which it breaks.
      await broken.promise
      await sql`select 1`.execute(trx)
    })
    await assert.rejects(transaction, /terminat|not queryable|connection error/i)
    await sql`select 1`.execute(connection.db)
  } finally {
    await connection.close()
  }
})
