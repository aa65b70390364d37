import { sql, type Transaction } from 'kysely'
import type { Database } from '../schema.ts'
import type { Work } from './work.ts'

/**
 * Makes a job for each piece of work of a task, in the trace of the job that they come from. They wait for their turn (dispatch.ts),
 * which comes in the given order: each counts as queued a millisecond after the one before it, the last one now.
 */
export const enqueueWork = async (
  trx: Transaction<Database>,
  taskId: string,
  traceparent: string | null,
  works: readonly Work[],
): Promise<void> => {
  if (works.length === 0) return
  await trx
    .insertInto('jobs')
    .values(
      works.map((work, index) => ({
        taskId,
        traceparent,
        kind: work.kind,
        partId: work.kind === 'part' ? work.partId : null,
        queuedAt: sql<Date>`now() - make_interval(secs => ${(works.length - 1 - index) / 1000})`,
      })),
    )
    .execute()
}
