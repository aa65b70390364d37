import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after } from 'node:test'
import { PubSub } from '@google-cloud/pubsub'
import { Storage } from '@google-cloud/storage'
import { ensureBuckets, ensureTopics, names } from '@reelway/local/cloud-resources.ts'
import { loadKeys } from '@reelway/local/keys.ts'
import { type PubSubServer, startPubSubServer } from '@reelway/local/pubsub/server.ts'
import { type StorageServer, startStorageServer } from '@reelway/local/storage/server.ts'
import { readConfig } from '@reelway/shared/config.ts'
import { connectDatabase } from '@reelway/shared/db/connect.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import { openSession } from '@reelway/shared/db/sessions/open.ts'
import { flushJobs, jobTopics } from '@reelway/shared/message/job-topics.ts'
import { signAccessToken } from '@reelway/web/accounts/access-token.ts'
import { signingKeys } from '@reelway/web/accounts/token-answer.ts'
import { makeApp } from '@reelway/web/app.ts'
import { webVariables } from '@reelway/web/config.ts'
import type { Dependencies } from '@reelway/web/dependencies.ts'
import { watchChanges } from '@reelway/web/live/watch-changes.ts'
import { STORAGE_RETRIES } from '@reelway/web/storage-retries.ts'
import type { Kysely } from 'kysely'
import { createLogger, transports } from 'winston'
import { PAGE_DIRECTORY } from '../../infra/page/ensure-page.ts'
import { openTestDatabase } from './database.ts'
import { receivePushedJobs } from './pushed-jobs.ts'
import { newUser } from './rows.ts'

export type Account = { userId: string; token: string }

export type TestWeb = {
  url: string
  deps: Dependencies
  /** a connection of the test's own: it lives on when web's database is broken */
  db: Kysely<Database>
  storage: StorageServer
  pubsub: PubSubServer
  /** asks the service to stop, as SIGTERM does */
  stop(): void
  /** a user with an access token, without the price of a password */
  newAccount(): Promise<Account>
  /** the ids of the jobs that were published since this was last asked */
  publishedJobs(): Promise<string[]>
  /** what web logged so far */
  logged(): string
}

export type TestWebOptions = {
  variables?: Record<string, string>
  /** another address for web to reach its database at */
  databaseUrlFor?: (url: string) => Promise<string>
}

/**
 * Starts web in this process on a free port, with PostgreSQL, Cloud Storage and Pub/Sub of its own. All of it is stopped after
 * the last test of the file.
 */
export const startTestWeb = async (options: TestWebOptions = {}): Promise<TestWeb> => {
  // Google's libraries would else look for a metadata server.
  process.env.METADATA_SERVER_DETECTION ??= 'none'
  const { db, url: databaseUrl } = await openTestDatabase()
  const directory = await mkdtemp(join(tmpdir(), 'reelway-web-'))
  const keys = await loadKeys(join(directory, 'keys'), names.project)
  const pubsub = await startPubSubServer({ directory: join(directory, 'pubsub'), signingKey: keys.oidc })
  const storage = await startStorageServer({
    directory: join(directory, 'storage'),
    signers: new Map([[keys.signer.email, keys.signer.publicKeyPem]]),
    publishNotification: async (topic, message) => void (await pubsub.publish(topic, message)),
  })
  const config = readConfig(webVariables, {
    GOOGLE_CLOUD_PROJECT: names.project,
    DATABASE_URL: (await options.databaseUrlFor?.(databaseUrl)) ?? databaseUrl,
    UPLOADS_BUCKET: names.uploadsBucket,
    OUTPUTS_BUCKET: names.outputsBucket,
    JWT_KEY_CURRENT: keys.jwtKey,
    DB_POOL_SIZE: '8',
    STORAGE_ENDPOINT: storage.url,
    ...options.variables,
  })
  const connection = await connectDatabase(config, () => undefined)
  const client = new PubSub({ projectId: names.project, apiEndpoint: pubsub.host, emulatorMode: true })
  const jobs = jobTopics(client, config)
  process.env.GOOGLE_APPLICATION_CREDENTIALS = keys.serviceAccountFile
  const endpoint = { projectId: names.project, apiEndpoint: storage.url }
  const [asking, signer] = [new Storage({ ...endpoint, retryOptions: STORAGE_RETRIES }), new Storage(endpoint)]
  // Now, and not when it signs first: another web in this process has another key.
  await signer.authClient.getCredentials()
  await ensureTopics(client)
  await ensureBuckets(asking)
  const pushed = await receivePushedJobs(client)
  const stopping = new AbortController()
  const lines: string[] = []
  const logger = createLogger({ transports: new transports.Stream({ stream: collect(lines) }) })
  const changes = watchChanges(connection.newClient, logger)
  const deps: Dependencies = {
    config,
    logger,
    db: connection.db,
    changes,
    jobs,
    uploads: asking.bucket(config.UPLOADS_BUCKET),
    outputs: asking.bucket(config.OUTPUTS_BUCKET),
    signing: { uploads: signer.bucket(config.UPLOADS_BUCKET), outputs: signer.bucket(config.OUTPUTS_BUCKET) },
    pageDirectory: PAGE_DIRECTORY,
    stopping: stopping.signal,
  }
  const server = createServer(makeApp(deps)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('web has no port')

  after(async () => {
    stopping.abort()
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
    await flushJobs(jobs)
    await client.close()
    await changes.close()
    await connection.close()
    await storage.close()
    await pubsub.close()
    await pushed.close()
    await rm(directory, { recursive: true, force: true })
  })
  return {
    url: `http://127.0.0.1:${address.port}`,
    deps,
    db,
    storage,
    pubsub,
    stop: () => stopping.abort(new Error('stopped by a test')),
    newAccount: async () => {
      const userId = await newUser(db)
      const sessionId = await openSession(db, userId, randomBytes(32))
      return { userId, token: signAccessToken(signingKeys(config), { userId, sessionId }) }
    },
    publishedJobs: async () => {
      await pubsub.idle()
      return pushed.take()
    },
    logged: () => lines.join(''),
  }
}

const collect = (lines: string[]): Writable =>
  new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString())
      done()
    },
  })
