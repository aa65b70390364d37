import { join } from 'node:path'
import { PubSub } from '@google-cloud/pubsub'
import { Storage } from '@google-cloud/storage'
import { ensureBuckets, ensureTopics, names } from './cloud-resources.ts'
import type { LocalKeys } from './keys.ts'
import { startPostgres } from './postgres.ts'
import { prepareDatabase } from './prepare-database.ts'
import { type PubSubServer, startPubSubServer } from './pubsub/server.ts'
import type { Neighbours } from './service-environment.ts'
import { type StorageServer, startStorageServer } from './storage/server.ts'
import type { TetheredProcess } from './tethered-process.ts'

/** What Google Cloud is to web and batch: the database, the storage and Pub/Sub, with everything in them that infra/gcp makes. */
export type Cloud = AsyncDisposable & {
  postgres(): TetheredProcess
  /** starts PostgreSQL anew, at the same port and with all that was committed, after it ended */
  restartPostgres(): Promise<void>
  storage: StorageServer
  /** paused: it pushes nothing before resume() */
  pubsub: PubSubServer
  pubsubClient: PubSub
  neighbours: Neighbours
}

/** Starts the neighbours of web and batch, with database, buckets and topics in place. Throws what keeps one from starting. */
export const startCloud = async (options: {
  directory: string
  durable: boolean
  conversionsAtOnce: number
  keys: LocalKeys
}): Promise<Cloud> => {
  const { keys } = options
  const folder = (name: string) => join(options.directory, name)
  await using undo = new AsyncDisposableStack()
  const postgresOptions = {
    directory: folder('postgres'),
    logFile: folder('logs/postgres.log'),
    password: keys.databasePassword,
    durable: options.durable,
  }
  const running = { postgres: await startPostgres(postgresOptions) }
  undo.defer(() => running.postgres.process.stop())
  const databaseUrl = await prepareDatabase(running.postgres.url, 'reelway')

  const pubsub = await startPubSubServer({
    directory: folder('pubsub'),
    signingKey: keys.oidc,
    maxOutstandingPushes: new Map([names.jobs, names.jobsCandidate].map((name) => [name, options.conversionsAtOnce])),
    // Subscriptions of an earlier start still point to where batch was then.
    startPaused: true,
  })
  undo.defer(() => pubsub.close())
  const storage = await startStorageServer({
    directory: folder('storage'),
    signers: new Map([[keys.signer.email, keys.signer.publicKeyPem]]),
    publishNotification: async (topic, message) => void (await pubsub.publish(topic, message)),
  })
  undo.defer(() => storage.close())

  // Google's libraries would else look for a metadata server, and warn that there is none.
  process.env.METADATA_SERVER_DETECTION ??= 'none'
  const pubsubClient = new PubSub({ projectId: names.project, apiEndpoint: pubsub.host, emulatorMode: true })
  undo.defer(() => pubsubClient.close())
  await ensureTopics(pubsubClient)
  await ensureBuckets(new Storage({ projectId: names.project, apiEndpoint: storage.url }))

  const stopAll = undo.move()
  return {
    postgres: () => running.postgres.process,
    restartPostgres: async () => {
      running.postgres = await startPostgres({ ...postgresOptions, port: Number(new URL(databaseUrl).port) })
    },
    storage,
    pubsub,
    pubsubClient,
    neighbours: { databaseUrl, storageUrl: storage.url, pubsubHost: pubsub.host, certsUrl: pubsub.pemCertsUrl },
    [Symbol.asyncDispose]: () => stopAll.disposeAsync(),
  }
}
