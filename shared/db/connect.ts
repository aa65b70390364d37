import type { Connector } from '@google-cloud/cloud-sql-connector'
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DatabaseConfig } from '../config.ts'
import type { Database } from './schema.ts'

/** A request waits this long for a connection before it fails with "not ready". */
const CONNECT_TIMEOUT_MILLIS = 5_000
/** No statement of ours takes longer than a few milliseconds: one that does is stuck. */
const STATEMENT_TIMEOUT_MILLIS = 15_000
/** When no answer comes at all, not even that of the time-out above, the server is out of reach. */
const ANSWER_TIMEOUT_MILLIS = 20_000

export type DatabaseConnection = { db: Kysely<Database>; close(): Promise<void> }

/**
 * Opens a pool: by address (DATABASE_URL), or through the Cloud SQL connector with IAM log-in. Nothing is connected before
 * the first statement. `onIdleError` hears of idle connections that break; the pool replaces them by itself. The connector's
 * own settings (credentials, endpoints) are those of Google Cloud unless `openConnector` makes another.
 */
export const connectDatabase = async (
  config: DatabaseConfig,
  onIdleError: (error: Error) => void,
  openConnector: () => Promise<Connector> = loadConnector,
): Promise<DatabaseConnection> => {
  const endpoint = await databaseEndpoint(config, openConnector)
  const pool = new pg.Pool({
    ...endpoint.poolConfig,
    max: config.DB_POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MILLIS,
    statement_timeout: STATEMENT_TIMEOUT_MILLIS,
    query_timeout: ANSWER_TIMEOUT_MILLIS,
    keepAlive: true,
    types: { getTypeParser },
  })
  pool.on('error', onIdleError)
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return {
    db,
    close: async () => {
      await db.destroy()
      endpoint.close()
    },
  }
}

type Endpoint = { poolConfig: pg.PoolConfig; close(): void }

const databaseEndpoint = async (config: DatabaseConfig, openConnector: () => Promise<Connector>): Promise<Endpoint> => {
  if (config.INSTANCE_CONNECTION_NAME === undefined || config.DB_USER === undefined) {
    return {
      poolConfig: config.DATABASE_URL === undefined ? {} : { connectionString: config.DATABASE_URL },
      close: () => undefined,
    }
  }
  const { AuthTypes, IpAddressTypes } = await import('@google-cloud/cloud-sql-connector')
  const connector = await openConnector()
  const options = await connector.getOptions({
    instanceConnectionName: config.INSTANCE_CONNECTION_NAME,
    ipType: IpAddressTypes[config.DB_IP_TYPE],
    authType: AuthTypes.IAM,
  })
  return {
    poolConfig: { ...options, user: config.DB_USER, database: config.DB_NAME },
    close: () => connector.close(),
  }
}

// Loaded only where it is used: it is among the slowest packages to load.
const loadConnector = async (): Promise<Connector> => {
  const { Connector } = await import('@google-cloud/cloud-sql-connector')
  return new Connector()
}

// Sizes are bigint columns; they stay far below 2^53, and JSON wants numbers.
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)
