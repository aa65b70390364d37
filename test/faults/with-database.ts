import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** The name under which this test asks the database, for those who read who wrote what. */
export const STRANGER = 'fault-test'

const PATIENCE_MILLIS = 30_000

/**
 * Does something on a connection of its own, and closes that. The database may just be away: then it is tried again, so that `work` may
 * run several times. Throws what it throws when it goes on failing.
 */
export const withDatabase = async <Value>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> => {
  const deadline = Date.now() + PATIENCE_MILLIS
  for (;;) {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: STRANGER, query_timeout: 20_000 })
    // A connection that breaks says so here as well.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await work(client)
    } catch (error) {
      if (Date.now() > deadline || !isAway(error)) throw error
      await sleep(200)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

// 57P0x: it is starting or stopping. Without a code of five characters it is the connection that broke.
const isAway = (error: unknown): boolean => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('57P0') || !/^[0-9A-Z]{5}$/.test(code)
}
