import { type Kysely, sql, type Transaction } from 'kysely'
import { endHeldJob } from '../jobs/end-held.ts'
import { enqueueWork } from '../jobs/enqueue.ts'
import type { Lease } from '../jobs/lease.ts'
import { lockHeldWork } from '../jobs/lock-held.ts'
import type { Work } from '../jobs/work.ts'
import { insertParts } from '../parts/insert.ts'
import { isPartition } from '../parts/is-partition.ts'
import type { NewPart } from '../parts/part.ts'
import { workDone } from '../parts/work-done.ts'
import type { Database } from '../schema.ts'

export type Split = { kind: 'split'; pending: number } | { kind: 'superseded' }

/**
 * Ends a convert job by cutting the rest of its task into parts, each with a job of its own, or with the job that joins them when all
 * are done. Parts that are there from an earlier try with the same plan are used instead of the given ones, those of other plans are
 * forgotten. `plan` is kept with the task. superseded: the lease is lost or the task has settled; nothing is changed. Throws when the
 * parts of a stream leave a gap or overlap.
 */
export const splitTask = (
  db: Kysely<Database>,
  lease: Lease,
  { planKey, plan, parts }: { planKey: string; plan: object; parts: readonly NewPart[] },
): Promise<Split> => {
  checkStreams(parts)
  return db.transaction().execute(async (trx) => {
    const held = await lockHeldWork(trx, lease)
    if (held === undefined) return { kind: 'superseded' }
    const { taskId } = lease
    await trx.deleteFrom('parts').where('taskId', '=', taskId).where('planKey', '!=', planKey).execute()
    if (!(await takeUpParts(trx, taskId, planKey))) await insertParts(trx, { taskId, planKey }, parts)
    const pending = await pendingWork(trx, taskId, planKey)
    await trx
      .updateTable('tasks')
      .set({
        plan: JSON.stringify(plan),
        planKey,
        partsLeft: pending.length,
        progress: sql<number>`greatest(progress, ${workDone(taskId, planKey)})`,
      })
      .where('id', '=', taskId)
      .execute()
    await endHeldJob(trx, lease)
    await enqueueWork(trx, taskId, held.traceparent, pending.length === 0 ? [{ kind: 'assemble' }] : pending)
    return { kind: 'split', pending: pending.length }
  })
}

const checkStreams = (parts: readonly NewPart[]): void => {
  for (const stream of ['picture', 'sound'] as const) {
    const ofStream = parts.filter((part) => part.stream === stream)
    const end = Math.max(0, ...ofStream.map((part) => part.end))
    if (!isPartition(ofStream, { start: 0, end })) throw new Error(`the parts of the ${stream} leave a gap or overlap`)
  }
}

/** Whether there are parts by this plan. What had been done of those that are not done is gone. */
const takeUpParts = async (trx: Transaction<Database>, taskId: string, planKey: string): Promise<boolean> => {
  const taken = await trx
    .updateTable('parts')
    .set({ progress: sql<number>`case status when 'done' then 1 else 0 end` })
    .where('taskId', '=', taskId)
    .where('planKey', '=', planKey)
    .returning('id')
    .execute()
  return taken.length > 0
}

/** Sound first: one piece of it may take the longest. */
const pendingWork = async (trx: Transaction<Database>, taskId: string, planKey: string): Promise<Work[]> => {
  const parts = await trx
    .selectFrom('parts')
    .select('id')
    .where('taskId', '=', taskId)
    .where('planKey', '=', planKey)
    .where('status', '=', 'pending')
    .orderBy('stream', 'desc')
    .orderBy('rangeStart')
    .execute()
  return parts.map(({ id }) => ({ kind: 'part', partId: id }))
}
