import { setInterval as every, setTimeout as sleep } from 'node:timers/promises'
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
  /** how long ago the job was claimed */
  ageSeconds(): number
  /** says how far the work has come, 0..1; it is recorded within a second */
  report(progress: number): void
}

/**
 * The lease is renewed and progress recorded this often: an owner sees it move at least every 2 s, and a cancelled task stops
 * as fast. One small statement a second for each running job is nothing to the database: there are as many as instances.
 */
const HEARTBEAT_MILLIS = 1_000
/** Renewal may fail for so long; after that the lease might end before the work notices. The rest is for an answer that comes late. */
const SAFE_MILLIS = (LEASE_SECONDS - 10) * 1000
/** A renewal takes milliseconds. */
const PATIENCE_MILLIS = 1_000

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
  const heldSince = performance.now()
  const released = new AbortController()
  // A timer of its own: a database that is cut off without a word answers nothing, not even with an error.
  const safe = setTimeout(() => work.abort(new LeaseLost('the lease could not be renewed in time')), SAFE_MILLIS)
  const heartbeat = beat(db, lease, state, work, { released: released.signal, onRenewed: () => safe.refresh(), logger })
  return {
    lease,
    signal: work.signal,
    ageSeconds: () => (performance.now() - heldSince) / 1000,
    report: (progress) => {
      state.progress = progress
    },
    [Symbol.asyncDispose]: async () => {
      stopping.removeEventListener('abort', stop)
      clearTimeout(safe)
      released.abort()
      // A renewal that never gets an answer must not hold up the delivery.
      await Promise.race([heartbeat, sleep(PATIENCE_MILLIS, undefined, { ref: false })])
    },
  }
}

const beat = async (
  db: Kysely<Database>,
  lease: Lease,
  state: { progress: number },
  work: AbortController,
  { released, onRenewed, logger }: { released: AbortSignal; onRenewed: () => void; logger: Logger },
): Promise<void> => {
  for await (const _ of heartbeats(released)) {
    try {
      if (!(await renewLease(db, lease, state.progress))) {
        return work.abort(new LeaseLost('the job was cancelled, deleted or taken over'))
      }
      if (!released.aborted) onRenewed()
    } catch (err) {
      logger.warn('lease not renewed', { jobId: lease.jobId, err })
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
