import { setInterval as every } from 'node:timers/promises'
import { LEASE_SECONDS, type Lease } from '@reelway/shared/db/jobs/lease.ts'
import { renewLease } from '@reelway/shared/db/jobs/renew.ts'
import type { Database } from '@reelway/shared/db/schema.ts'
import type { Kysely } from 'kysely'
import type { Logger } from 'winston'

/** The job is not ours any more: taken over, cancelled or deleted. Nothing may be written for it. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** The instance was asked to stop. */
export class ShuttingDown extends Error {
  override readonly name = 'ShuttingDown'
}

export type HeldLease = AsyncDisposable & {
  lease: Lease
  /** aborted with LeaseLost or ShuttingDown: the work must stop. The first reason stays. */
  signal: AbortSignal
  /** says how far the work has come, 0..1; it is recorded within a second */
  report(progress: number): void
}

/**
 * The lease is renewed and progress recorded this often: an owner sees it move at least every 2 s, and a cancelled task stops
 * as fast. One small statement a second for each running job is nothing to the database: there are as many as instances.
 */
const HEARTBEAT_MILLIS = 1_000
/** Renewal may fail for so long; then the lease might end before the work notices. */
const SAFE_MILLIS = (LEASE_SECONDS - 10) * 1000

/**
 * Keeps a lease alive until it is disposed of. Without an answer from the database the work goes on as long as the lease
 * certainly lives, and is then stopped: another may have taken over.
 */
export const holdLease = (db: Kysely<Database>, lease: Lease, stopping: AbortSignal, logger: Logger): HeldLease => {
  const work = new AbortController()
  const stop = () => work.abort(new ShuttingDown('the instance is stopping', { cause: stopping.reason }))
  if (stopping.aborted) stop()
  else stopping.addEventListener('abort', stop, { once: true })

  const state = { progress: 0 }
  const released = new AbortController()
  const heartbeat = beat(db, lease, state, work, released.signal, logger)
  return {
    lease,
    signal: work.signal,
    report: (progress) => {
      state.progress = progress
    },
    [Symbol.asyncDispose]: async () => {
      stopping.removeEventListener('abort', stop)
      released.abort()
      await heartbeat
    },
  }
}

const beat = async (
  db: Kysely<Database>,
  lease: Lease,
  state: { progress: number },
  work: AbortController,
  released: AbortSignal,
  logger: Logger,
): Promise<void> => {
  // The clock of this process measures only how long ago the database last agreed.
  let renewedAt = performance.now()
  for await (const _ of heartbeats(released)) {
    const askedAt = performance.now()
    try {
      if (!(await renewLease(db, lease, state.progress))) {
        return work.abort(new LeaseLost('the job was cancelled, deleted or taken over'))
      }
      renewedAt = askedAt
    } catch (err) {
      logger.warn('lease not renewed', { jobId: lease.jobId, err })
      if (performance.now() - renewedAt > SAFE_MILLIS) {
        return work.abort(new LeaseLost('the lease could not be renewed in time', { cause: err }))
      }
    }
  }
}

async function* heartbeats(released: AbortSignal): AsyncGenerator<void> {
  try {
    yield* every(HEARTBEAT_MILLIS, undefined, { signal: released })
  } catch (error) {
    if (!released.aborted) throw error
  }
}
