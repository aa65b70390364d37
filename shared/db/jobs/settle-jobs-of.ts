import { type Kysely, sql, type Transaction } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Database } from '../schema.ts'

/** A job that is queued or running. `free`: nobody holds it, or its holder let the lease expire. */
export type LiveJob = {
  id: string
  leaseToken: string | null
  free: boolean
  attempts: number
  lastErrorCode: ErrorCode | null
}

/**
 * Settles a task with all its jobs, in one transaction. Its live jobs are locked, in the order of their ids, so that two who settle the
 * same task wait for each other; then `change` changes the task, and what it has to say of one of the jobs; the others are cancelled.
 * What `change` returns is returned; undefined: it has changed nothing, and no job is cancelled either. When the task got a new job
 * between the two, all is rolled back and done again, so that no live job of a settled task is left and no lock is taken in the
 * wrong order.
 */
export const settleJobsOf = async <Result>(
  db: Kysely<Database>,
  taskId: string,
  change: (trx: Transaction<Database>, live: LiveJob[]) => Promise<Result | undefined>,
): Promise<Result | undefined> => {
  for (;;) {
    try {
      return await db.transaction().execute(async (trx) => {
        const live = await lockLiveJobs(trx, taskId)
        const changed = await change(trx, live)
        if (changed === undefined) return undefined
        await cancelLive(trx, live)
        if (await hasLiveJob(trx, taskId)) throw new QueuedMeanwhile()
        return changed
      })
    } catch (error) {
      if (!(error instanceof QueuedMeanwhile)) throw error
    }
  }
}

/** Ends one of the jobs that settleJobsOf has locked as the one for which its task failed. */
export const endFailedJob = async (
  trx: Transaction<Database>,
  jobId: string,
  code: ErrorCode | null,
): Promise<void> => {
  await trx
    .updateTable('jobs')
    .set({
      status: 'failed',
      finishedAt: sql<Date>`now()`,
      leaseToken: null,
      leaseExpiresAt: null,
      ...(code !== null && { lastErrorCode: code }),
    })
    .where('id', '=', jobId)
    .execute()
}

class QueuedMeanwhile extends Error {
  override readonly name = 'QueuedMeanwhile'
}

const live = ['queued', 'running'] as const

const lockLiveJobs = (trx: Transaction<Database>, taskId: string): Promise<LiveJob[]> =>
  trx
    .selectFrom('jobs')
    .select([
      'id',
      'leaseToken',
      'attempts',
      'lastErrorCode',
      sql<boolean>`status = 'queued' or coalesce(lease_expires_at < now(), true)`.as('free'),
    ])
    .where('taskId', '=', taskId)
    .where('status', 'in', live)
    .orderBy('id')
    .forUpdate()
    .execute()

// A lease keeps its end, so that one can tell when its holder must have stopped.
const cancelLive = async (trx: Transaction<Database>, jobs: LiveJob[]): Promise<void> => {
  if (jobs.length === 0) return
  await trx
    .updateTable('jobs')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
    .where(
      'id',
      'in',
      jobs.map(({ id }) => id),
    )
    .where('status', 'in', live)
    .execute()
}

const hasLiveJob = async (trx: Transaction<Database>, taskId: string): Promise<boolean> =>
  (await trx
    .selectFrom('jobs')
    .select('id')
    .where('taskId', '=', taskId)
    .where('status', 'in', live)
    .executeTakeFirst()) !== undefined
