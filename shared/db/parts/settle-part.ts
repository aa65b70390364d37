import { type Kysely, sql, type Transaction } from 'kysely'
import { endHeldJob } from '../jobs/end-held.ts'
import { enqueueWork } from '../jobs/enqueue.ts'
import type { Lease } from '../jobs/lease.ts'
import { lockHeldWork } from '../jobs/lock-held.ts'
import type { Database } from '../schema.ts'
import { insertParts } from './insert.ts'
import type { NewPart, Part } from './part.ts'
import { partOf } from './part.ts'
import { workDone } from './work-done.ts'

/** finished: other parts are left. last: none is, and the parts are being joined. superseded: nothing was changed. */
export type PartSettled = 'finished' | 'last' | 'superseded'

/**
 * Ends the job of a part. `write` stores what became of the part and returns the parts that are new in its place; each gets a job. The
 * task's count of parts follows; the one that brings it to nothing makes the job that joins them. All in one transaction, which locks
 * the job, then the task, then the part.
 */
export const settlePart = (
  db: Kysely<Database>,
  lease: Lease,
  partId: string,
  write: (trx: Transaction<Database>, part: Part) => Promise<readonly NewPart[]>,
): Promise<PartSettled> =>
  db.transaction().execute(async (trx) => {
    const held = await lockHeldWork(trx, lease)
    if (held === undefined || held.partId !== partId || held.planKey === null || held.partsLeft === null) {
      return 'superseded'
    }
    const { taskId } = lease
    const { planKey, traceparent } = held
    const part = await lockPendingPart(trx, { partId, taskId, planKey })
    if (part === undefined) return 'superseded'
    const works = await insertParts(trx, { taskId, planKey }, await write(trx, part))
    const partsLeft = held.partsLeft - 1 + works.length
    await trx
      .updateTable('tasks')
      .set({ partsLeft, progress: sql<number>`greatest(progress, ${workDone(taskId, planKey)})` })
      .where('id', '=', taskId)
      .execute()
    await endHeldJob(trx, lease)
    await enqueueWork(trx, taskId, traceparent, partsLeft === 0 ? [{ kind: 'assemble' }] : works)
    return partsLeft === 0 ? 'last' : 'finished'
  })

const lockPendingPart = async (
  trx: Transaction<Database>,
  { partId, taskId, planKey }: { partId: string; taskId: string; planKey: string },
): Promise<Part | undefined> => {
  const row = await trx
    .selectFrom('parts')
    .selectAll()
    .where('id', '=', partId)
    .where('taskId', '=', taskId)
    .where('planKey', '=', planKey)
    .where('status', '=', 'pending')
    .forUpdate()
    .executeTakeFirst()
  return row && partOf(row)
}
