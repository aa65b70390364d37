import { type Kysely, sql } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import { statusesBefore } from '../../task-status.ts'
import { heldUnder } from '../jobs/held.ts'
import type { Lease } from '../jobs/lease.ts'
import type { Database } from '../schema.ts'

export type Reason = { code: ErrorCode; parameters: Record<string, string | number> }

/** Fails a task for a permanent reason, if its job is still held under this lease. False: superseded. */
export const failTask = async (db: Kysely<Database>, lease: Lease, reason: Reason): Promise<boolean> => {
  const failed = await db
    .with('settled', (qb) =>
      qb
        .updateTable('jobs')
        .set({
          status: 'failed',
          finishedAt: sql<Date>`now()`,
          leaseToken: null,
          leaseExpiresAt: null,
          lastErrorCode: reason.code,
        })
        .where(heldUnder(lease))
        .returning('taskId'),
    )
    .updateTable('tasks')
    .from('settled')
    .set({
      status: 'failed',
      finishedAt: sql<Date>`now()`,
      errorCode: reason.code,
      errorParameters: JSON.stringify(reason.parameters),
    })
    .whereRef('tasks.id', '=', 'settled.taskId')
    .where('tasks.status', 'in', statusesBefore('failed'))
    .returning('tasks.id')
    .executeTakeFirst()
  return failed !== undefined
}
