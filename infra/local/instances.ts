import { setTimeout as sleep } from 'node:timers/promises'
import { startFront } from './instances-front.ts'
import type { ServiceProcess } from './service-process.ts'

export type Instances = AsyncDisposable & {
  /** of all of them */
  url: string
  /** those that run now; one that has ended is replaced within seconds */
  running(): ServiceProcess[]
}

/** Cloud Run lets a request wait for 10 s at least (https://cloud.google.com/run/docs/about-instance-autoscaling); nobody needs that here. */
const PATIENCE_MILLIS = 1_000
/** A new instance that cannot start, because its database is away, is tried again after so long. */
const RESTART_PAUSE_MILLIS = 500

/**
 * Runs `count` instances of a service behind one address, each working on `concurrency` requests at a time, and replaces those that end,
 * as Cloud Run does. Resolves when all run; throws when one does not start the first time. `start` is called for each new instance.
 */
export const startInstances = async (options: {
  count: number
  concurrency: number
  start: () => Promise<ServiceProcess>
}): Promise<Instances> => {
  await using undo = new AsyncDisposableStack()
  const front = undo.use(await startFront({ concurrency: options.concurrency, patienceMillis: PATIENCE_MILLIS }))
  const running = new Set<ServiceProcess>()
  const stopping = new AbortController()

  const add = async (): Promise<ServiceProcess> => {
    const instance = await options.start()
    running.add(instance)
    front.add(instance)
    return instance
  }
  const keepRunning = async (first: ServiceProcess): Promise<void> => {
    let instance: ServiceProcess | undefined = first
    while (!stopping.signal.aborted) {
      await instance?.process.ended
      if (instance !== undefined) {
        front.remove(instance)
        running.delete(instance)
      }
      if (stopping.signal.aborted) return
      instance = await add().catch(() => sleep(RESTART_PAUSE_MILLIS, undefined, { ref: false }))
    }
    // Started while the others were being stopped.
    await instance?.process.stop()
  }

  undo.defer(() => Promise.all([...running].map(({ process }) => process.stop())).then(() => undefined))
  const firsts = await Promise.all(Array.from({ length: options.count }, add))
  const kept = firsts.map(keepRunning)
  const stopAll = undo.move()
  return {
    url: front.url,
    running: () => [...running],
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await stopAll.disposeAsync()
      await Promise.all(kept)
    },
  }
}
