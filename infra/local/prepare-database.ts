import { connectDatabase } from '@reelway/shared/db/connect.ts'
import { migrate } from '@reelway/shared/db/migrate.ts'
import pg from 'pg'

/** Makes the database `name` on a server if it is missing, brings it up to date, and returns its address. */
export const prepareDatabase = async (serverUrl: string, name: string): Promise<string> => {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await migrateAt(url.href)
  return url.href
}

const migrateAt = async (url: string): Promise<void> => {
  const database = await connectDatabase(
    { DATABASE_URL: url, DB_NAME: 'reelway', DB_IP_TYPE: 'PRIVATE', DB_POOL_SIZE: 1 },
    () => undefined,
  )
  try {
    await migrate(database.db)
  } finally {
    await database.close()
  }
}
