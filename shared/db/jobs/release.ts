import { type Kysely, sql } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Database } from '../schema.ts'
import { heldUnder } from './held.ts'
import type { Lease } from './lease.ts'

/**
 * Gives a job back so that the next delivery can claim it. `reason` is what its owner is told if no attempt succeeds;
 * undefined when the holder is only shutting down, and then the attempt does not count. Its
 * message comes back, so it stays dispatched; unless that is gone: then the reaper publishes it.
 */
export const releaseJob = async (db: Kysely<Database>, lease: Lease, reason: ErrorCode | undefined): Promise<void> => {
  await db
    .updateTable('jobs')
    .set((job) => ({
      status: 'queued',
      leaseToken: null,
      leaseExpiresAt: null,
      queuedAt: sql<Date>`now()`,
      ...(reason === undefined ? { attempts: job('attempts', '-', 1) } : { lastErrorCode: reason }),
    }))
    .where(heldUnder(lease))
    .execute()
}
