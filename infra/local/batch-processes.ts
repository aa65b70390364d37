import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startInstances } from './instances.ts'
import type { LocalKeys } from './keys.ts'
import { batchEnvironment, dispatchWindow, type Neighbours, named } from './service-environment.ts'
import { type ServiceProcess, startService } from './service-process.ts'
import type { StackOptions } from './stack-options.ts'

/** Batch as a stack runs it: one process, or several behind one address. */
export type BatchProcesses = AsyncDisposable & {
  /** where Pub/Sub pushes to */
  url(): string
  all(): ServiceProcess[]
  /** throws when none runs */
  first(): ServiceProcess
  /** starts the one process anew after it ended */
  restart(): Promise<void>
}

/** Starts batch as the options of the stack say. Each process has an empty work folder; instances are called batch-1, batch-2 and so on. */
export const startBatch = async (
  options: StackOptions,
  keys: LocalKeys,
  neighbours: Neighbours,
): Promise<BatchProcesses> => {
  const work = join(options.directory, 'work')
  if (options.batchInstances !== undefined) {
    let started = 0
    const instances = await startInstances({
      count: options.batchInstances,
      // As containerConcurrency in infra/gcp/run/batch.yaml.
      concurrency: 1,
      start: () => {
        started += 1
        return startOne(options, keys, neighbours, { name: `batch-${started}`, work: join(work, String(started)) })
      },
    })
    return {
      url: () => instances.url,
      all: instances.running,
      first: () => {
        const [first] = instances.running()
        if (first === undefined) throw new Error('no instance of batch runs')
        return first
      },
      restart: async () => undefined,
      [Symbol.asyncDispose]: () => instances[Symbol.asyncDispose](),
    }
  }
  const startNext = () => startOne(options, keys, neighbours, { name: 'batch', work })
  const running = { batch: await startNext() }
  return {
    url: () => running.batch.url,
    all: () => [running.batch],
    first: () => running.batch,
    restart: async () => {
      running.batch = await startNext()
    },
    [Symbol.asyncDispose]: () => running.batch.process.stop(),
  }
}

// A new instance on Cloud Run has an empty folder, whatever became of the one before.
const startOne = async (
  { directory, push, conversionsAtOnce, batchVariables, commands }: StackOptions,
  keys: LocalKeys,
  neighbours: Neighbours,
  { name, work }: { name: string; work: string },
): Promise<ServiceProcess> => {
  await rm(work, { recursive: true, force: true })
  await mkdir(work, { recursive: true })
  const environment = {
    ...named(name, batchEnvironment(keys, neighbours, work)),
    ...dispatchWindow(conversionsAtOnce),
    ...(push.ackDeadlineSeconds !== undefined && { ACK_DEADLINE_SECONDS: String(push.ackDeadlineSeconds) }),
    ...batchVariables,
  }
  return startService('batch', join(directory, 'logs/batch.log'), environment, commands?.batch, name)
}
