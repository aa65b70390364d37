import type { Kysely } from 'kysely'
import type { SourceSummary } from '../../source-summary.ts'
import type { Database } from '../schema.ts'
import { heldUnder } from './held.ts'
import type { Lease } from './lease.ts'

/** Keeps the plan with its job (null: there is none for this source) and the facts of the source with its task. False: the lease is lost. */
export const recordPlan = async (
  db: Kysely<Database>,
  lease: Lease,
  plan: object | null,
  source: SourceSummary,
): Promise<boolean> => {
  const recorded = await db
    .with('held', (qb) =>
      qb
        .updateTable('jobs')
        .set({ plan: plan && JSON.stringify(plan) })
        .where(heldUnder(lease))
        .returning('taskId'),
    )
    .updateTable('tasks')
    .from('held')
    .set({ source: JSON.stringify(source) })
    .whereRef('tasks.id', '=', 'held.taskId')
    .where('tasks.status', '=', 'processing')
    .returning('tasks.id')
    .executeTakeFirst()
  return recorded !== undefined
}
