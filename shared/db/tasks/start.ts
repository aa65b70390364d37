import { type Kysely, sql } from 'kysely'
import { statusesBefore } from '../../task-status.ts'
import { heldUnder } from '../jobs/held.ts'
import { LEASE_SECONDS, type Lease } from '../jobs/lease.ts'
import type { Database } from '../schema.ts'
import type { TaskRow } from './task-row.ts'

/**
 * Marks the task of a claimed job, of any kind, as processing and returns it. The task tells the most attempts that one of its jobs
 * has needed. Undefined: the lease is lost or the task has settled.
 */
export const startTask = (db: Kysely<Database>, lease: Lease): Promise<TaskRow | undefined> =>
  db
    .with('held', (qb) =>
      qb
        .updateTable('jobs')
        .set({ leaseExpiresAt: sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})` })
        .where(heldUnder(lease))
        .returning('taskId'),
    )
    .updateTable('tasks')
    .from('held')
    .set({
      status: 'processing',
      unswept: true,
      startedAt: sql<Date>`coalesce(started_at, now())`,
      attempts: sql<number>`greatest(tasks.attempts, ${lease.attempts}::integer)`,
    })
    .whereRef('tasks.id', '=', 'held.taskId')
    .where('tasks.status', 'in', statusesBefore('processing'))
    .where('tasks.deletedAt', 'is', null)
    .returningAll('tasks')
    .executeTakeFirst()
