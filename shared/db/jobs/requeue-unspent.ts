import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import type { DispatchedJob } from './dispatch.ts'
import { laneOfJob } from './lane-of-job.ts'
import { MAX_ATTEMPTS } from './lease.ts'
import { queuedAgain } from './requeue-stale.ts'

/**
 * Queues a job of the main lane again that nobody works on and that has attempts left; the caller publishes it. Undefined: its
 * attempts are used up, somebody works on it, it has settled, or it is a candidate's: that has had its chance, and may be gone.
 */
export const requeueUnspentJob = (db: Kysely<Database>, jobId: string): Promise<DispatchedJob | undefined> =>
  db
    .updateTable('jobs')
    .set(queuedAgain)
    .where('id', '=', jobId)
    .where('attempts', '<', MAX_ATTEMPTS)
    .where(sql<boolean>`(status = 'queued' or (status = 'running' and lease_expires_at < now()))`)
    .where(laneOfJob, '=', 'main')
    .returning(['id', 'traceparent', laneOfJob.as('lane')])
    .executeTakeFirst()
