import { type Kysely, sql } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import { statusesBefore } from '../../task-status.ts'
import { noteMessageGone } from '../jobs/note-message-gone.ts'
import { endFailedJob, settleJobsOf } from '../jobs/settle-jobs-of.ts'
import type { Database } from '../schema.ts'

export type GaveUp =
  | { kind: 'given-up'; taskId: string; code: ErrorCode }
  /** a living lease: its holder may still succeed, and the reaper sees to it if not */
  | { kind: 'held-by-another' }
  | { kind: 'already-settled' }

/**
 * Fails the task of a job, of any kind, that has used up its attempts (ours or Pub/Sub's), with the reason of the last one, unless
 * somebody is working on that job right now: then it is noted that this message is gone. The task's other jobs are cancelled.
 */
export const giveUpTask = async (db: Kysely<Database>, jobId: string): Promise<GaveUp> => {
  const job = await db.selectFrom('jobs').select('taskId').where('id', '=', jobId).executeTakeFirst()
  if (job === undefined) return { kind: 'already-settled' }
  const { taskId } = job
  const gaveUp = await settleJobsOf<GaveUp>(db, taskId, async (trx, live) => {
    const own = live.find(({ id }) => id === jobId)
    if (own?.free !== true) return undefined
    const code = own.lastErrorCode ?? 'attempts_exhausted'
    const failed = await trx
      .updateTable('tasks')
      .set({
        status: 'failed',
        finishedAt: sql<Date>`now()`,
        errorCode: code,
        errorParameters: JSON.stringify({ attempts: own.attempts }),
      })
      .where('id', '=', taskId)
      .where('status', 'in', statusesBefore('failed'))
      .returning('id')
      .executeTakeFirst()
    await endFailedJob(trx, jobId, null)
    return failed === undefined ? { kind: 'already-settled' } : { kind: 'given-up', taskId, code }
  })
  if (gaveUp !== undefined) return gaveUp
  const left = await db.selectFrom('jobs').select('status').where('id', '=', jobId).executeTakeFirst()
  if (left?.status !== 'running' && left?.status !== 'queued') return { kind: 'already-settled' }
  // Its holder may have given it back since: then nobody works on it.
  return (await noteMessageGone(db, jobId)) ? { kind: 'held-by-another' } : giveUpTask(db, jobId)
}
