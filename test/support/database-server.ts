import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@reelway/local/postgres.ts'

/** A PostgreSQL server for tests. `url` is that of its database "postgres". */
export type DatabaseServer = { url: string; stop(): Promise<void> }

/** Starts a PostgreSQL server with a folder of its own; stopping it removes the folder. */
export const startDatabaseServer = async (): Promise<DatabaseServer> => {
  const directory = await mkdtemp(join(tmpdir(), 'reelway-postgres-'))
  const { process: server, url } = await startPostgres({
    directory: join(directory, 'data'),
    logFile: join(directory, 'postgres.log'),
    password: 'test',
    durable: false,
  })
  return {
    url,
    stop: async () => {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
