import { setTimeout } from 'node:timers/promises'
import type { Connector } from '@google-cloud/cloud-sql-connector'
import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import type { DatabaseConfig } from '../config.ts'
import type { Database } from './schema.ts'

/** A request waits this long for a connection before it fails with "not ready". */
const CONNECT_TIMEOUT_MILLIS = 5_000
/** How long a statement may take, wait for its locks (0: as long as it may take), and for a connection (CONNECT_TIMEOUT_MILLIS unless told). */
export type StatementLimits = { statementMillis: number; lockMillis: number; connectMillis?: number }
/** No statement of a service takes longer than a few milliseconds: one that does is stuck. */
const SERVICE_LIMITS: StatementLimits = { statementMillis: 15_000, lockMillis: 0 }
/**
 * The connector renews its certificate by a timer, which stands still while Cloud Run gives the instance no CPU: the first
 * connection after a long pause can be refused. That makes the connector fetch a new one; this is how long it may take.
 */
const RENEWAL_MILLIS = 1_000
/**
 * Cloud Run gives an instance no CPU between requests, and its connections stay open: what a transaction has locked in that moment, the
 * turns of all users maybe, would stay locked until it wakes up.
 */
const IDLE_IN_TRANSACTION_MILLIS = 10_000
/** When no answer comes at all, not even that of a statement's time-out, this much later, the server is out of reach. */
const ANSWER_GRACE_MILLIS = 5_000

export type DatabaseConnection = {
  db: Kysely<Database>
  /** a connection beside the pool, to the same place, not opened yet: to listen with */
  newClient(): pg.Client
  close(): Promise<void>
}

/**
 * Opens a pool: by address (DATABASE_URL), or through the Cloud SQL connector with IAM log-in. Nothing is connected before
 * the first statement. `onBroken` hears of connections that break and are replaced without anybody noticing. The connector's own
 * settings (credentials, endpoints) are those of Google Cloud unless `openConnector` makes another. `limits` are those of a
 * service unless told.
 */
export const connectDatabase = async (
  config: DatabaseConfig,
  onBroken: (error: unknown) => void,
  openConnector: () => Promise<Connector> = loadConnector,
  limits: StatementLimits = SERVICE_LIMITS,
): Promise<DatabaseConnection> => {
  const endpoint = await databaseEndpoint(config, openConnector)
  const pool = new pg.Pool({
    ...endpoint.poolConfig,
    max: config.DB_POOL_SIZE,
    connectionTimeoutMillis: limits.connectMillis ?? CONNECT_TIMEOUT_MILLIS,
    statement_timeout: limits.statementMillis,
    lock_timeout: limits.lockMillis,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MILLIS,
    query_timeout: limits.statementMillis + ANSWER_GRACE_MILLIS,
    keepAlive: true,
    types: { getTypeParser },
  })
  pool.on('error', onBroken)
  // The pool listens to its idle connections only: one that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => void client.on('error', onBroken))
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: endpoint.connectsTwice ? connectingTwice(pool, onBroken) : pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return {
    db,
    newClient: () =>
      new pg.Client({
        ...endpoint.poolConfig,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MILLIS,
        query_timeout: CONNECT_TIMEOUT_MILLIS,
        keepAlive: true,
      }),
    close: async () => {
      await db.destroy()
      endpoint.close()
    },
  }
}

/** connectsTwice: a connection that fails is tried once more. */
type Endpoint = { poolConfig: pg.PoolConfig; connectsTwice: boolean; close(): void }

const connectingTwice = (pool: pg.Pool, onBroken: (error: unknown) => void): PostgresPool => ({
  connect: async () => {
    try {
      return await pool.connect()
    } catch (error) {
      if (!wasRefused(error)) throw error
      onBroken(error)
      await setTimeout(RENEWAL_MILLIS)
      return pool.connect()
    }
  },
  end: () => pool.end(),
  options: pool.options,
})

/** True when no connection came about: not when PostgreSQL said why, the pool was used up for too long, or has been closed. */
const wasRefused = (error: unknown): boolean =>
  error instanceof Error && !('severity' in error) && !/timeout exceeded|after calling end/.test(error.message)

const databaseEndpoint = async (config: DatabaseConfig, openConnector: () => Promise<Connector>): Promise<Endpoint> => {
  if (config.INSTANCE_CONNECTION_NAME === undefined || config.DB_USER === undefined) {
    return {
      poolConfig: config.DATABASE_URL === undefined ? {} : { connectionString: config.DATABASE_URL },
      connectsTwice: false,
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
    connectsTwice: true,
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
