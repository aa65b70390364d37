import { type Kysely, sql } from 'kysely'
import { enqueueWork } from '../jobs/enqueue.ts'
import type { Lease } from '../jobs/lease.ts'
import { lockHeldWork } from '../jobs/lock-held.ts'
import type { Database } from '../schema.ts'

/**
 * Takes a task whose plan cannot be followed back to where it has none: its jobs are cancelled, the one under this lease among them, its
 * parts are forgotten, and a new job plans it. False: the lease is lost or the task has settled; nothing is changed.
 */
export const replanTask = (db: Kysely<Database>, lease: Lease): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    const { taskId } = lease
    // All jobs before the task, in the order of their ids, as everybody who settles one.
    await trx
      .selectFrom('jobs')
      .select('id')
      .where('taskId', '=', taskId)
      .where('status', 'in', ['queued', 'running'])
      .orderBy('id')
      .forUpdate()
      .execute()
    const held = await lockHeldWork(trx, lease)
    if (held === undefined) return false
    await trx
      .updateTable('jobs')
      .set({ status: 'cancelled', finishedAt: sql<Date>`now()` })
      .where('taskId', '=', taskId)
      .where('status', 'in', ['queued', 'running'])
      .execute()
    await trx.deleteFrom('parts').where('taskId', '=', taskId).execute()
    await trx.updateTable('tasks').set({ plan: null, partsLeft: null }).where('id', '=', taskId).execute()
    await enqueueWork(trx, taskId, held.traceparent, [{ kind: 'convert' }])
    return true
  })
