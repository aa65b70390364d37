import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PubSub } from '@google-cloud/pubsub'
import { Storage } from '@google-cloud/storage'
import { ensureBuckets, ensureSubscriptions, ensureTopics, names, type PushSettings } from './cloud-resources.ts'
import { lockFolder } from './folder-lock.ts'
import { loadKeys } from './keys.ts'
import { endLeftoverPostgres } from './leftover-postgres.ts'
import { startPostgres } from './postgres.ts'
import { prepareDatabase } from './prepare-database.ts'
import { type PubSubServer, startPubSubServer } from './pubsub/server.ts'
import { startScheduler } from './scheduler.ts'
import {
  batchEnvironment,
  PUSH_AUDIENCE,
  PUSH_SERVICE_ACCOUNT,
  SCHEDULER_SERVICE_ACCOUNT,
  webEnvironment,
} from './service-environment.ts'
import { type ServiceProcess, startService } from './service-process.ts'
import { type StorageServer, startStorageServer } from './storage/server.ts'
import type { TetheredProcess } from './tethered-process.ts'

export type StackOptions = {
  /** where everything is kept */
  directory: string
  webPort: number
  /** false for tests: the database is lost when the machine stops */
  durable: boolean
  /** true: begins with nothing of what was kept there */
  fresh: boolean
  reapSeconds: number
  push: Pick<PushSettings, 'ackDeadlineSeconds' | 'maxDeliveryAttempts' | 'backoffSeconds'>
  /** conversions at the same time: what Cloud Run's concurrency and number of instances are there */
  conversionsAtOnce: number
  /** more variables for batch */
  batchVariables?: Record<string, string>
}

export type Stack = AsyncDisposable & {
  webUrl: string
  web: ServiceProcess
  batch: ServiceProcess
  postgres: TetheredProcess
  databaseUrl: string
  storage: StorageServer
  pubsub: PubSubServer
  /** resolves when a part ends that nobody stopped; batch only until it is restarted */
  partEnded: Promise<PartEnded>
  /** starts batch anew after it ended, and lets Pub/Sub push to it */
  restartBatch(): Promise<void>
}

export type PartEnded = { name: string; code: number | null; lastLines: string[] }

const KEPT = ['postgres', 'storage', 'pubsub', 'keys', 'logs', 'work']

/**
 * Starts everything that Reelway is on Google Cloud, on this machine: PostgreSQL, Cloud Storage, Pub/Sub, web, batch and the
 * scheduler, each on a port of its own. Resolves when all answer. Throws what keeps one from starting, and stops the others.
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { directory } = options
  const folder = (name: string) => join(directory, name)
  await using undo = new AsyncDisposableStack()
  await mkdir(directory, { recursive: true })
  undo.defer(await lockFolder(folder('owner.pid')))
  await endLeftoverPostgres(folder('postgres'))
  for (const kept of options.fresh ? KEPT : []) await rm(folder(kept), { recursive: true, force: true })
  await mkdir(folder('logs'), { recursive: true })
  const keys = await loadKeys(folder('keys'), names.project)

  const postgres = await startPostgres({
    directory: folder('postgres'),
    logFile: folder('logs/postgres.log'),
    password: keys.databasePassword,
    durable: options.durable,
  })
  undo.defer(() => postgres.process.stop())
  const databaseUrl = await prepareDatabase(postgres.url, 'reelway')

  const pubsub = await startPubSubServer({
    directory: folder('pubsub'),
    signingKey: keys.oidc,
    // Subscriptions of an earlier start still point to where batch was then.
    startPaused: true,
    maxOutstandingPushes: new Map([[names.jobs, options.conversionsAtOnce]]),
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

  const neighbours = { databaseUrl, storageUrl: storage.url, pubsubHost: pubsub.host, certsUrl: pubsub.pemCertsUrl }
  const startBatch = async (): Promise<ServiceProcess> => {
    // As on Cloud Run, where a new instance begins with an empty disk whatever became of the one before.
    await rm(folder('work'), { recursive: true, force: true })
    await mkdir(folder('work'), { recursive: true })
    const batch = await startService('batch', folder('logs/batch.log'), {
      ...batchEnvironment(keys, neighbours, folder('work')),
      ACK_DEADLINE_SECONDS: String(options.push.ackDeadlineSeconds),
      ...options.batchVariables,
    })
    await ensureSubscriptions(pubsubClient, {
      ...options.push,
      batchUrl: batch.url,
      audience: PUSH_AUDIENCE,
      serviceAccount: PUSH_SERVICE_ACCOUNT,
    })
    return batch
  }
  const running = { batch: await startBatch() }
  pubsub.resume()
  undo.defer(() => running.batch.process.stop())
  const web = await startService('web', folder('logs/web.log'), webEnvironment(keys, neighbours, options.webPort))
  undo.defer(() => web.process.stop())

  undo.defer(
    startScheduler({
      url: () => `${running.batch.url}/jobs/reap`,
      seconds: options.reapSeconds,
      token: () => pubsub.identityToken({ audience: PUSH_AUDIENCE, email: SCHEDULER_SERVICE_ACCOUNT }),
      logFile: folder('logs/scheduler.log'),
    }),
  )
  const stopAll = undo.move()
  return {
    webUrl: web.url,
    web,
    get batch() {
      return running.batch
    },
    postgres: postgres.process,
    databaseUrl,
    storage,
    pubsub,
    partEnded: Promise.race([postgres.process, web.process, running.batch.process].map(endOf)),
    restartBatch: async () => {
      running.batch = await startBatch()
    },
    [Symbol.asyncDispose]: () => stopAll.disposeAsync(),
  }
}

const endOf = async ({ name, ended }: TetheredProcess): Promise<PartEnded> => ({ name, ...(await ended) })
