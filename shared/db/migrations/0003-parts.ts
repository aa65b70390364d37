import { type Kysely, sql } from 'kysely'

const statements = [
  'alter table tasks add column plan jsonb, add column plan_key text, add column unswept boolean not null default false',

  // Parts are locked after their task, so that here a cascade is in order; a release without parts purges such a task, too.
  // A range of the work of a plan: frames of the picture, or packets of the sound, from range_start up to, without, range_end.
  `create table parts (
    id uuid primary key default gen_random_uuid(),
    task_id uuid not null references tasks on delete cascade,
    plan_key text not null,
    stream text not null check (stream in ('picture', 'sound')),
    range_start integer not null check (range_start >= 0),
    range_end integer not null,
    weight double precision not null check (weight between 0 and 1),
    progress double precision not null default 0 check (progress between 0 and 1),
    status text not null default 'pending' check (status in ('pending', 'done')),
    object_name text,
    generation text,
    size_bytes bigint,
    lead integer,
    encoder text,
    encode_seconds double precision,
    created_at timestamptz(3) not null default now(),
    done_at timestamptz(3),
    check (range_end > range_start)
  )`,
  'create unique index parts_of_plan on parts (task_id, plan_key, stream, range_start)',

  // part_id is no reference: parts are removed when their task has settled, their jobs later.
  'alter table jobs add column part_id uuid, add column dispatched_at timestamptz(3)',
  `create unique index jobs_one_live_of_part on jobs (part_id) where part_id is not null and status in ('queued', 'running')`,
  `create unique index jobs_one_live_assemble on jobs (task_id) where kind = 'assemble' and status in ('queued', 'running')`,
  'create index jobs_part_id on jobs (part_id) where part_id is not null',

  // What giving turns looks at (db/jobs/dispatch.ts): of each user the oldest tasks, and of each task the jobs that wait. Jobs of a
  // release that knows no turns are published by it, and count as dispatched.
  `create index tasks_active on tasks (lane, user_id, queued_at, id)
    where status in ('queued', 'processing') and deleted_at is null`,
  `create index jobs_waiting on jobs (task_id, queued_at, id)
    where status = 'queued' and dispatched_at is null and published_at is null`,
  `create index jobs_in_flight on jobs (task_id)
    where status in ('queued', 'running') and (status = 'running' or dispatched_at is not null or published_at is not null)`,
  // What may have left objects behind (db/tasks/leftover.ts).
  'create index tasks_unswept on tasks (finished_at) where unswept',

  // How long encodes really took, against what the preset's own figures said.
  `create table encode_costs (
    id bigint generated always as identity primary key,
    preset text not null,
    estimate_seconds double precision not null check (estimate_seconds > 0),
    encode_seconds double precision not null check (encode_seconds > 0),
    created_at timestamptz(3) not null default now()
  )`,
  'create index encode_costs_of_preset on encode_costs (preset, id)',
]

/** A rule on a column that was there, but only for jobs of a kind that no release before makes. */
export const deliberate = [
  "new unique index on jobs unique btree (task_id) WHERE ((kind = 'assemble'::text) AND (status = ANY (ARRAY['queued'::text, 'running'::text])))",
]

/** Long videos are cut into parts, jobs wait for their turn, and what encodes cost is remembered. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
