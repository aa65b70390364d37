import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import type { DispatchedJob } from './dispatch.ts'
import { laneOfJob } from './lane-of-job.ts'

/** A publish that is under way normally takes milliseconds, and its own time-out is shorter than this. */
const UNPUBLISHED_AFTER_SECONDS = 10
/**
 * Longer than the subscription's longest back-off (600 s): a job that is queued for so long has no message any more, whatever has
 * become of it. (That a message was acknowledged under a holder is noted at once: note-message-gone.ts.)
 */
const FORGOTTEN_AFTER_SECONDS = 900

/** What is set when a job that is in flight is queued again: it stays in flight, for the caller publishes it. */
export const queuedAgain = {
  status: 'queued',
  leaseToken: null,
  queuedAt: sql<Date>`now()`,
  dispatchedAt: sql<Date>`coalesce(jobs.dispatched_at, now())`,
  publishedAt: null,
} as const

/**
 * Finds the jobs that no message will bring back: the holder's lease expired, the message was never published, or it is long
 * overdue. Each is noted as queued now, so that the next look leaves it alone for a while; the caller publishes it. A job that waits for
 * its turn has no message yet and is left alone.
 */
export const requeueStaleJobs = (db: Kysely<Database>, limit: number): Promise<DispatchedJob[]> =>
  db
    .with('stale', (qb) =>
      qb
        .selectFrom('jobs')
        .select('id')
        .where(
          sql<boolean>`(status = 'running' and lease_expires_at < now())
            or (status = 'queued' and dispatched_at is not null and published_at is null
              and greatest(queued_at, dispatched_at) < now() - make_interval(secs => ${UNPUBLISHED_AFTER_SECONDS}))
            or (status = 'queued' and (dispatched_at is not null or published_at is not null)
              and greatest(queued_at, dispatched_at) < now() - make_interval(secs => ${FORGOTTEN_AFTER_SECONDS}))`,
        )
        .orderBy('queuedAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('jobs')
    .from('stale')
    // A lost lease stays readable in the row until the next claim: the token must not match any more, and it does not matter who had it.
    .set(queuedAgain)
    .whereRef('jobs.id', '=', 'stale.id')
    .returning(['jobs.id', 'jobs.traceparent', laneOfJob.as('lane')])
    .execute()
