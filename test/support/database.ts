import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { prepareDatabase } from '@reelway/local/prepare-database.ts'
import { connectDatabase, type StatementLimits } from '@reelway/shared/db/connect.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { startDatabaseServer } from './database-server.ts'

/** A service's are for one that is not busy with the tests of three files: thirty connections at once may take seconds to open. */
const PATIENCE: StatementLimits = { statementMillis: 120_000, lockMillis: 0, connectMillis: 120_000 }

/** A migrated, empty database of its own for one test file. Everything is gone after the last test of the file. */
export const openTestDatabase = async (
  options: { poolSize?: number } = {},
): Promise<{ db: Kysely<Database>; url: string }> => {
  const shared = process.env.REELWAY_TEST_DATABASE_SERVER
  const own = shared === undefined ? await startDatabaseServer() : undefined
  const serverUrl = shared ?? own?.url ?? ''
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = await prepareDatabase(serverUrl, name)
  const database = await connectDatabase(
    { DATABASE_URL: url, DB_NAME: name, DB_IP_TYPE: 'PRIVATE', DB_POOL_SIZE: options.poolSize ?? 10 },
    () => undefined,
    undefined,
    PATIENCE,
  )
  after(async () => {
    await database.close()
    await dropDatabase(serverUrl, name)
    await own?.stop()
  })
  return { db: database.db, url }
}

const dropDatabase = async (serverUrl: string, name: string): Promise<void> => {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`)
  await client.end()
}
