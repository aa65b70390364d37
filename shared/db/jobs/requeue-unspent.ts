import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import { MAX_ATTEMPTS } from './lease.ts'
import type { StaleJob } from './requeue-stale.ts'

/**
 * Queues a job again that nobody works on and that has attempts left; the caller publishes it. Undefined: its attempts are used
 * up, somebody works on it, or it has settled.
 */
export const requeueUnspentJob = (db: Kysely<Database>, jobId: string): Promise<StaleJob | undefined> =>
  db
    .updateTable('jobs')
    .set({ status: 'queued', leaseToken: null, queuedAt: sql<Date>`now()`, publishedAt: null })
    .where('id', '=', jobId)
    .where('attempts', '<', MAX_ATTEMPTS)
    .where(sql<boolean>`(status = 'queued' or (status = 'running' and lease_expires_at < now()))`)
    .returning(['id', 'traceparent'])
    .executeTakeFirst()
