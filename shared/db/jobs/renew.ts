import { type Kysely, sql } from 'kysely'
import { PARTS_SHARE } from '../parts/work-done.ts'
import type { Database } from '../schema.ts'
import { heldUnder } from './held.ts'
import { LEASE_SECONDS, type Lease } from './lease.ts'

/** A task's row is written no more than 500 times for its progress, however many instances renew each second. */
const PROGRESS_STEP = 0.002

/**
 * Renews a lease and records how far the work of this job has come (0..1). That of the task follows and never goes backwards: it is the
 * weighted sum of its parts, or that of the convert job while there are none. False: the lease is lost, because another holds the
 * job now, or because its task has settled or was deleted; the work must stop.
 *
 * Renewals of different parts do not wait for each other but for the moment in which one writes the task. Each adds its own progress
 * to what it sees of the others.
 */
export const renewLease = async (db: Kysely<Database>, lease: Lease, progress: number): Promise<boolean> => {
  const held = await db
    .with('held', (qb) =>
      qb
        .updateTable('jobs')
        .set({ leaseExpiresAt: sql<Date>`now() + make_interval(secs => ${LEASE_SECONDS})` })
        .where(heldUnder(lease))
        .where(taskIsAlive)
        .returning(['taskId', 'kind', 'partId']),
    )
    .with('whole', (qb) =>
      qb
        .selectFrom('held')
        .innerJoin('tasks', 'tasks.id', 'held.taskId')
        .select(['tasks.id', progressOfWhole(progress).as('progress')]),
    )
    .with('ofTask', (qb) =>
      qb
        .updateTable('tasks')
        .from('whole')
        .set((row) => ({ progress: row.ref('whole.progress') }))
        .whereRef('tasks.id', '=', 'whole.id')
        .where('tasks.status', '=', 'processing')
        .where(sql<boolean>`tasks.progress + ${PROGRESS_STEP}::float8 <= whole.progress`)
        .returning('tasks.id'),
    )
    .with('ofPart', (qb) =>
      qb
        .updateTable('parts')
        .from('held')
        .set({ progress })
        .whereRef('parts.id', '=', 'held.partId')
        .where('parts.status', '=', 'pending')
        .where('parts.progress', '<', progress)
        .returning('parts.id'),
    )
    .selectFrom('held')
    .select('taskId')
    .executeTakeFirst()
  return held !== undefined
}

const taskIsAlive = sql<boolean>`exists (select from tasks
  where tasks.id = jobs.task_id and tasks.status in ('queued', 'processing') and tasks.deleted_at is null)`

const progressOfWhole = (progress: number) => sql<number>`case held.kind
  when 'convert' then ${progress}::float8
  when 'assemble' then ${PARTS_SHARE}::float8 + (1 - ${PARTS_SHARE}::float8) * ${progress}::float8
  when 'part' then (
    select least(1, sum(weight * case when id = held.part_id then greatest(progress, ${progress}::float8) else progress end))
      * ${PARTS_SHARE}::float8
    from parts where task_id = tasks.id and plan_key = tasks.plan_key)
  end`
