import { type Kysely, sql } from 'kysely'
import type { Database, JobKind } from '../schema.ts'
import { LEASE_SECONDS, type Lease, MAX_ATTEMPTS } from './lease.ts'
import { noteMessageGone } from './note-message-gone.ts'
import type { Work } from './work.ts'

export type Claim =
  | { kind: 'claimed'; lease: Lease; work: Work }
  | { kind: 'held-by-another' }
  | { kind: 'already-settled' }
  | { kind: 'attempts-exhausted' }
  | { kind: 'unknown-job' }

/**
 * Takes the lease of a job that is queued, or whose holder let it expire; each claim is an attempt. However many try at once,
 * one gets it. Only the database's clock decides what has expired. Of a job that is held it is noted that this message is gone.
 */
export const claimJob = async (db: Kysely<Database>, jobId: string): Promise<Claim> => {
  for (;;) {
    const claimed = await takeLease(db, jobId)
    if (claimed !== undefined) return claimed
    const kind = await whyNot(db, jobId)
    // Its holder may have given it back since: then it is there to be claimed.
    if (kind !== 'held-by-another' || (await noteMessageGone(db, jobId))) return { kind }
  }
}

const takeLease = async (db: Kysely<Database>, jobId: string): Promise<Claim | undefined> => {
  const claimed = await db
    .updateTable('jobs')
    .set((job) => ({
      status: 'running',
      leaseToken: sql<string>`gen_random_uuid()`,
      leaseExpiresAt: sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})`,
      attempts: job('attempts', '+', 1),
      // It was delivered, whether or not its publisher has come to note that.
      publishedAt: sql<Date>`coalesce(published_at, now())`,
    }))
    .where('id', '=', jobId)
    .where('attempts', '<', MAX_ATTEMPTS)
    .where(isClaimable)
    .returning(['taskId', 'kind', 'partId', 'leaseToken', 'attempts'])
    .executeTakeFirst()
  if (claimed?.leaseToken == null) return undefined
  const { taskId, kind, partId, leaseToken, attempts } = claimed
  return { kind: 'claimed', lease: { jobId, taskId, token: leaseToken, attempts }, work: workOf(kind, partId) }
}

const workOf = (kind: JobKind, partId: string | null): Work => {
  if (kind !== 'part') return { kind }
  if (partId === null) throw new Error('a job for a part does not say which')
  return { kind, partId }
}

const isClaimable = sql<boolean>`(status = 'queued' or (status = 'running' and lease_expires_at < now()))`

const whyNot = async (db: Kysely<Database>, jobId: string): Promise<Exclude<Claim['kind'], 'claimed'>> => {
  const job = await db
    .selectFrom('jobs')
    .select(['status', isClaimable.as('claimable'), 'attempts'])
    .where('id', '=', jobId)
    .executeTakeFirst()
  if (job === undefined) return 'unknown-job'
  if (job.status !== 'queued' && job.status !== 'running') return 'already-settled'
  return job.claimable && job.attempts >= MAX_ATTEMPTS ? 'attempts-exhausted' : 'held-by-another'
}
