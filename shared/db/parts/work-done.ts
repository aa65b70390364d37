import { type RawBuilder, sql } from 'kysely'

/** What all parts together are of a task's progress; the rest is assembling, which copies (0.98: it takes about a fiftieth of the time). */
export const PARTS_SHARE = 0.98

/** The progress of a task by the parts of its plan: the weighted sum of theirs, 0..PARTS_SHARE. */
export const workDone = (taskId: string, planKey: string): RawBuilder<number> => sql<number>`
  (select least(${PARTS_SHARE}::float8, ${PARTS_SHARE}::float8 * coalesce(sum(weight * progress), 0))
   from parts where task_id = ${taskId} and plan_key = ${planKey})`
