import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'
import { heldUnder } from './held.ts'
import { LEASE_SECONDS, type Lease } from './lease.ts'

/**
 * Renews a lease and records how far the work has come (0..1; it never goes backwards). False: the lease is lost, because
 * another holds the job now, or because its task was cancelled or deleted; the work must stop.
 */
export const renewLease = async (db: Kysely<Database>, lease: Lease, progress: number): Promise<boolean> => {
  const held = await db
    .with('held', (qb) =>
      qb
        .updateTable('jobs')
        .set({ leaseExpiresAt: sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})` })
        .where(heldUnder(lease))
        .returning('taskId'),
    )
    .with('progressed', (qb) =>
      qb
        .updateTable('tasks')
        .from('held')
        .set({ progress })
        .whereRef('tasks.id', '=', 'held.taskId')
        .where('tasks.status', '=', 'processing')
        .where('tasks.progress', '<', progress)
        .returning('tasks.id'),
    )
    .selectFrom('held')
    .select('taskId')
    .executeTakeFirst()
  return held !== undefined
}
