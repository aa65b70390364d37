import { type Kysely, sql, type Transaction } from 'kysely'
import type { Lane } from '../../lane.ts'
import type { Database } from '../schema.ts'
import { laneOfJob } from './lane-of-job.ts'

/** A job whose turn it is to be published. */
export type DispatchedJob = { id: string; traceparent: string | null; lane: Lane }

/** Of the advisory lock under which turns are given; any number that nothing else locks. */
const TURNS_LOCK = 5_001
/** The next call goes on. With tens of thousands at a time the statement itself would run into its time-out (run: 10,000 users at once). */
const MOST_AT_ONCE = 500
/** Of a task of the candidate's lane at a time: more than a smoke test ever has. */
const CANDIDATES = 1_000

/**
 * Gives jobs that wait their turn, and returns them to be published. At most `window` jobs of the main lane are in flight (dispatched or
 * running): whatever is published beyond that would only wait in Pub/Sub, first come first served. Whose user has the fewest in flight
 * comes first, then the oldest task, so that what was begun is finished; but a user who has none in flight always gets one, whatever
 * the window. Jobs of the candidate's lane go at once and do not count.
 *
 * One at a time, by a lock of its own: each sees what the one before has given. Of each user no more jobs are looked at than could be
 * given, so that it costs by users and hardly by what waits. Processor time of PostgreSQL 18 for one turn (run, November 2026): 5 ms
 * with 2,000 jobs of one user waiting, 8 ms with 100,000 of 50 users, 74 ms with 100,000 of 1,000 users.
 */
export const dispatchJobs = async (db: Kysely<Database>, window: number): Promise<DispatchedJob[]> => {
  // Most find nothing: what waits was committed before its dispatch, so one look without the lock is enough.
  if (!(await anyWaits(db))) return []
  return db.transaction().execute(async (trx) => {
    // Compiling the statement would take many times as long as running it: its cost is far overestimated.
    await sql`select set_config('jit', 'off', true), pg_advisory_xact_lock(${TURNS_LOCK})`.execute(trx)
    return giveTurns(trx, window)
  })
}

/** As the index jobs_waiting has it. A release that knows no turns publishes its jobs itself. */
const waits = sql`(jobs.status = 'queued' and jobs.dispatched_at is null and jobs.published_at is null)`
/** As the index jobs_in_flight has it. */
const isInFlight = sql`(jobs.status in ('queued', 'running')
  and (jobs.status = 'running' or jobs.dispatched_at is not null or jobs.published_at is not null))`
/** As the index tasks_active has it. */
const isActive = sql`(tasks.status in ('queued', 'processing') and tasks.deleted_at is null)`

const anyWaits = async (db: Kysely<Database>): Promise<boolean> => {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from jobs where ${waits} and queued_at <= now()) as found`.execute(db)
  return rows[0]?.found === true
}

const giveTurns = async (trx: Transaction<Database>, window: number): Promise<DispatchedJob[]> => {
  const ids = await nextInTurn(trx, window)
  if (ids.length === 0) return []
  return trx
    .with('free', (qb) =>
      // One that somebody settles at this moment is passed over: a dispatch waits for nobody.
      qb.selectFrom('jobs').select('id').where('id', 'in', ids).where(sql<boolean>`${waits}`).forUpdate().skipLocked(),
    )
    .updateTable('jobs')
    .set({ dispatchedAt: sql<Date>`now()` })
    .where('id', 'in', ids)
    .where('id', 'in', (free) => free.selectFrom('free').select('free.id'))
    .returning(['id', 'traceparent', laneOfJob.as('lane')])
    .execute()
}

/** Written so that whatever PostgreSQL thinks of the tables it goes by the indexes: what is lateral and limited is looked up row by row. */
const nextInTurn = async (trx: Transaction<Database>, window: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    with recursive in_flight as materialized (
      select task.user_id, count(*) as jobs
      from jobs
      cross join lateral (select user_id, lane from tasks where tasks.id = jobs.task_id limit 1) as task
      where ${isInFlight} and task.lane = 'main'
      group by task.user_id
    ), room as materialized (
      select greatest(0, ${window}::bigint - coalesce(sum(jobs), 0)::bigint) as jobs from in_flight
    ), active_user (id) as (
      (select user_id from tasks where lane = 'main' and ${isActive} order by user_id limit 1)
      union all
      select (select user_id from tasks where lane = 'main' and ${isActive} and user_id > active_user.id order by user_id limit 1)
      from active_user where active_user.id is not null
    ), claimant as materialized (
      select active_user.id, coalesce(in_flight.jobs, 0) as in_flight,
        case when in_flight.jobs is null then greatest(1, room.jobs) else room.jobs end as most
      from active_user cross join room left join in_flight on in_flight.user_id = active_user.id
      where active_user.id is not null
    ), turn as (
      select waiting.*, claimant.in_flight + row_number() over (
        partition by claimant.id order by waiting.task_queued_at, waiting.task_id, waiting.queued_at, waiting.id) as turn
      from claimant
      cross join lateral (
        select task.id as task_id, task.queued_at as task_queued_at, job.id, job.queued_at
        from (
          select id, queued_at from tasks
          where lane = 'main' and ${isActive} and user_id = claimant.id
            and (select true from jobs where task_id = tasks.id and ${waits} and queued_at <= now() limit 1)
          order by queued_at, id limit claimant.most
        ) as task
        cross join lateral (
          select id, queued_at from jobs where task_id = task.id and ${waits} and queued_at <= now()
          order by queued_at, id limit claimant.most
        ) as job
        order by task.queued_at, task.id, job.queued_at, job.id limit claimant.most
      ) as waiting
    ), ordered as (
      select id, turn, row_number() over (order by turn, task_queued_at, queued_at, id) as place from turn
    )
    select ordered.id from ordered cross join room where (ordered.place <= room.jobs or ordered.turn = 1) and ordered.place <= ${MOST_AT_ONCE}
    union all
    select job.id from tasks
    cross join lateral (
      select id from jobs where task_id = tasks.id and ${waits} and queued_at <= now() limit ${CANDIDATES}
    ) as job
    where tasks.lane = 'candidate' and ${isActive}`.execute(trx)
  return rows.map(({ id }) => id)
}
