import type { Transaction } from 'kysely'
import type { Database } from '../schema.ts'
import { heldUnder } from './held.ts'
import type { Lease } from './lease.ts'

/** What a job tells that is held, and the plan of its task, which several jobs work on. */
export type HeldWork = {
  partId: string | null
  traceparent: string | null
  planKey: string | null
  partsLeft: number | null
}

/**
 * Locks the job of a lease and then its task, for a holder that changes several rows. Undefined: the lease is lost, or the task is
 * not being worked on any more; nothing may be changed then.
 */
export const lockHeldWork = async (trx: Transaction<Database>, lease: Lease): Promise<HeldWork | undefined> => {
  const job = await trx
    .selectFrom('jobs')
    .select(['partId', 'traceparent'])
    .where(heldUnder(lease))
    .forUpdate()
    .executeTakeFirst()
  if (job === undefined) return undefined
  const task = await trx
    .selectFrom('tasks')
    .select(['planKey', 'partsLeft'])
    .where('id', '=', lease.taskId)
    .where('status', '=', 'processing')
    .where('deletedAt', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return task && { ...job, ...task }
}
