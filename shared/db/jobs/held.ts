import type { ExpressionBuilder } from 'kysely'
import type { Database } from '../schema.ts'
import type { Lease } from './lease.ts'

/** The fence of every write that a holder makes: the job is still running under this very lease. */
export const heldUnder = (lease: Pick<Lease, 'jobId' | 'token'>) => (job: ExpressionBuilder<Database, 'jobs'>) =>
  job.and([
    job('jobs.id', '=', lease.jobId),
    job('jobs.leaseToken', '=', lease.token),
    job('jobs.status', '=', 'running'),
  ])
