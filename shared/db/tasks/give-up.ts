import { type Kysely, sql } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import { statusesBefore } from '../../task-status.ts'
import type { Database } from '../schema.ts'

export type GaveUp =
  | { kind: 'given-up'; taskId: string; code: ErrorCode }
  /** a living lease: its holder may still succeed, and the reaper sees to it if not */
  | { kind: 'held-by-another' }
  | { kind: 'already-settled' }

/**
 * Fails the task of a job that has used up its attempts (ours or Pub/Sub's), with the reason of the last one, unless somebody
 * is working on it right now.
 */
export const giveUpTask = async (db: Kysely<Database>, jobId: string): Promise<GaveUp> => {
  const given = await db
    .with('settled', (qb) =>
      qb
        .updateTable('jobs')
        .set({ status: 'failed', finishedAt: sql<Date>`now()`, leaseToken: null, leaseExpiresAt: null })
        .where('id', '=', jobId)
        .where(sql<boolean>`(status = 'queued' or (status = 'running' and lease_expires_at < now()))`)
        .returning(['taskId', 'attempts', 'lastErrorCode']),
    )
    .updateTable('tasks')
    .from('settled')
    .set({
      status: 'failed',
      finishedAt: sql<Date>`now()`,
      errorCode: sql<ErrorCode>`coalesce(settled.last_error_code, 'attempts_exhausted')`,
      errorParameters: sql<string>`jsonb_build_object('attempts', settled.attempts)`,
    })
    .whereRef('tasks.id', '=', 'settled.taskId')
    .where('tasks.status', 'in', statusesBefore('failed'))
    .returning(['tasks.id', 'tasks.errorCode'])
    .executeTakeFirst()
  if (given?.errorCode != null) return { kind: 'given-up', taskId: given.id, code: given.errorCode }
  const job = await db.selectFrom('jobs').select('status').where('id', '=', jobId).executeTakeFirst()
  return { kind: job?.status === 'running' ? 'held-by-another' : 'already-settled' }
}
