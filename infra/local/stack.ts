import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startBatch } from './batch-processes.ts'
import { startCloud } from './cloud.ts'
import {
  ensureSubscriptions,
  localSubscriptions,
  names,
  PUSH_AUDIENCE,
  SCHEDULER_SERVICE_ACCOUNT,
} from './cloud-resources.ts'
import { lockFolder } from './folder-lock.ts'
import { loadKeys } from './keys.ts'
import { endLeftoverPostgres } from './leftover-postgres.ts'
import type { PubSubServer } from './pubsub/server.ts'
import { startScheduler } from './scheduler.ts'
import { dispatchWindow, named, webEnvironment } from './service-environment.ts'
import { type ServiceProcess, startService } from './service-process.ts'
import type { StackOptions } from './stack-options.ts'
import type { StorageServer } from './storage/server.ts'
import type { TetheredProcess } from './tethered-process.ts'

export type Stack = AsyncDisposable & {
  webUrl: string
  web: ServiceProcess
  /** with batchInstances the first of those that run */
  batch: ServiceProcess
  /** all of batch that runs now */
  batches(): ServiceProcess[]
  postgres: TetheredProcess
  databaseUrl: string
  storage: StorageServer
  pubsub: PubSubServer
  /** resolves when a part ends that nobody stopped; each only until it is restarted, and no instances of batch */
  partEnded: Promise<PartEnded>
  /** starts batch anew after it ended, and lets Pub/Sub push to it; not for batchInstances */
  restartBatch(): Promise<void>
  /** starts web anew, at the same address, after it ended */
  restartWeb(): Promise<void>
  /** starts PostgreSQL anew, at the same address, after it ended */
  restartPostgres(): Promise<void>
}

export type PartEnded = { name: string; code: number | null; lastLines: string[] }

/** What a stack keeps in its folder, besides the lock. */
const KEPT = ['postgres', 'storage', 'pubsub', 'keys', 'logs', 'work']

/**
 * Starts everything that Reelway is on Google Cloud, on this machine: PostgreSQL, Cloud Storage, Pub/Sub, web, batch and the
 * scheduler, each on a port of its own. Resolves when all answer. Throws what keeps one from starting, and stops the others.
 */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const { directory } = options
  const folder = (name: string) => join(directory, name)
  await using undo = new AsyncDisposableStack()
  undo.defer(await takeFolder(options))
  const keys = await loadKeys(folder('keys'), names.project)
  const cloud = undo.use(await startCloud({ ...options, keys }))
  const { pubsub, neighbours } = cloud

  const batch = undo.use(await startBatch(options, keys, neighbours))
  const pushToBatch = async () =>
    ensureSubscriptions(cloud.pubsubClient, await localSubscriptions(batch.url(), options.push))
  await pushToBatch()
  pubsub.resume()
  const startWeb = (port: number): Promise<ServiceProcess> =>
    startService(
      'web',
      folder('logs/web.log'),
      { ...named('web', webEnvironment(keys, neighbours, port)), ...dispatchWindow(options.conversionsAtOnce) },
      options.commands?.web,
    )
  const running = { web: await startWeb(options.webPort) }
  undo.defer(() => running.web.process.stop())
  const webUrl = running.web.url
  undo.defer(
    startScheduler({
      url: () => `${batch.url()}/jobs/reap`,
      seconds: options.reapSeconds,
      token: () => pubsub.identityToken({ audience: PUSH_AUDIENCE, email: SCHEDULER_SERVICE_ACCOUNT }),
      logFile: folder('logs/scheduler.log'),
    }),
  )
  const parts = [
    cloud.postgres(),
    running.web.process,
    ...(options.batchInstances === undefined ? [batch.first().process] : []),
  ]
  const stopAll = undo.move()
  return {
    webUrl,
    get web() {
      return running.web
    },
    get batch() {
      return batch.first()
    },
    batches: batch.all,
    get postgres() {
      return cloud.postgres()
    },
    databaseUrl: neighbours.databaseUrl,
    storage: cloud.storage,
    pubsub,
    partEnded: Promise.race(parts.map(async ({ name, ended }) => ({ name, ...(await ended) }))),
    restartBatch: async () => {
      await batch.restart()
      await pushToBatch()
    },
    restartWeb: async () => {
      running.web = await startWeb(Number(new URL(webUrl).port))
    },
    restartPostgres: cloud.restartPostgres,
    [Symbol.asyncDispose]: () => stopAll.disposeAsync(),
  }
}

/** Makes sure that nobody else uses the folder, and empties it if that is asked for. Returns what gives it free again. */
const takeFolder = async ({ directory, fresh }: StackOptions): Promise<() => Promise<void>> => {
  await mkdir(directory, { recursive: true })
  const release = await lockFolder(join(directory, 'owner.pid'))
  await endLeftoverPostgres(join(directory, 'postgres'))
  for (const kept of fresh ? KEPT : []) await rm(join(directory, kept), { recursive: true, force: true })
  await mkdir(join(directory, 'logs'), { recursive: true })
  return release
}
