import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startCloud } from './cloud.ts'
import {
  ensureSubscriptions,
  localSubscriptions,
  names,
  PUSH_AUDIENCE,
  type PushSettings,
  SCHEDULER_SERVICE_ACCOUNT,
} from './cloud-resources.ts'
import { lockFolder } from './folder-lock.ts'
import { type LocalKeys, loadKeys } from './keys.ts'
import { endLeftoverPostgres } from './leftover-postgres.ts'
import type { PubSubServer } from './pubsub/server.ts'
import { startScheduler } from './scheduler.ts'
import { batchEnvironment, webEnvironment } from './service-environment.ts'
import { type ServiceProcess, startService } from './service-process.ts'
import type { StorageServer } from './storage/server.ts'
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
  push: PushSettings
  /** conversions at the same time: what Cloud Run's concurrency and number of instances are there */
  conversionsAtOnce: number
  /** more variables for batch */
  batchVariables?: Record<string, string>
  /** what to start instead of the sources: the files of the images */
  commands?: Record<'web' | 'batch', string[]>
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

  const startBatch = async (): Promise<ServiceProcess> => {
    const batch = await startFreshBatch(options, keys, neighbours)
    await ensureSubscriptions(cloud.pubsubClient, await localSubscriptions(batch.url, options.push))
    return batch
  }
  const running = { batch: await startBatch() }
  undo.defer(() => running.batch.process.stop())
  pubsub.resume()
  const web = await startService(
    'web',
    folder('logs/web.log'),
    webEnvironment(keys, neighbours, options.webPort),
    options.commands?.web,
  )
  undo.defer(() => web.process.stop())
  undo.defer(
    startScheduler({
      url: () => `${running.batch.url}/jobs/reap`,
      seconds: options.reapSeconds,
      token: () => pubsub.identityToken({ audience: PUSH_AUDIENCE, email: SCHEDULER_SERVICE_ACCOUNT }),
      logFile: folder('logs/scheduler.log'),
    }),
  )
  const parts = [cloud.postgres, web.process, running.batch.process]
  const stopAll = undo.move()
  return {
    webUrl: web.url,
    web,
    get batch() {
      return running.batch
    },
    postgres: cloud.postgres,
    databaseUrl: neighbours.databaseUrl,
    storage: cloud.storage,
    pubsub,
    partEnded: Promise.race(parts.map(async ({ name, ended }) => ({ name, ...(await ended) }))),
    restartBatch: async () => {
      running.batch = await startBatch()
    },
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

/** Starts batch with an empty work folder: on Cloud Run a new instance has one whatever became of the one before. */
const startFreshBatch = async (
  { directory, push, batchVariables, commands }: StackOptions,
  keys: LocalKeys,
  neighbours: Parameters<typeof batchEnvironment>[1],
): Promise<ServiceProcess> => {
  const work = join(directory, 'work')
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true })
  const environment = {
    ...batchEnvironment(keys, neighbours, work),
    ...(push.ackDeadlineSeconds !== undefined && { ACK_DEADLINE_SECONDS: String(push.ackDeadlineSeconds) }),
    ...batchVariables,
  }
  return startService('batch', join(directory, 'logs/batch.log'), environment, commands?.batch)
}
