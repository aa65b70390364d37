import { type Kysely, sql } from 'kysely'

// Times have milliseconds, as JavaScript's Date: a cursor made from a row finds the same row again.
const statements = [
  `create table users (
    id uuid primary key default gen_random_uuid(),
    username text not null,
    email text not null,
    password_hash text not null,
    created_at timestamptz(3) not null default now()
  )`,
  'create unique index users_username_key on users (lower(username))',
  'create unique index users_email_key on users (lower(email))',

  `create table sessions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users,
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3)
  )`,
  'create index sessions_user_id on sessions (user_id)',
  'create index sessions_ended on sessions (least(expires_at, revoked_at))',
  `create table refresh_tokens (
    token_hash bytea primary key,
    session_id uuid not null references sessions,
    created_at timestamptz(3) not null default now(),
    used_at timestamptz(3)
  )`,
  'create index refresh_tokens_session_id on refresh_tokens (session_id)',

  'create table rate_limits (key text primary key, arrival_at timestamptz not null)',
  'create index rate_limits_arrival_at on rate_limits (arrival_at)',

  `create table tasks (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users,
    status text not null default 'awaiting_upload' check (status in
      ('awaiting_upload', 'queued', 'processing', 'completed', 'failed', 'cancelled', 'expired')),
    preset text not null,
    file_name text not null,
    content_type text not null,
    size_bytes bigint not null check (size_bytes > 0),
    upload_type text not null check (upload_type in ('resumable', 'single')),
    announced_crc32c text,
    source_generation text,
    source_crc32c text,
    progress double precision not null default 0 check (progress between 0 and 1),
    attempts integer not null default 0,
    error_code text,
    error_parameters jsonb,
    source jsonb,
    parts_left integer check (parts_left >= 0),
    version bigint not null default 1,
    created_at timestamptz(3) not null default now(),
    upload_signed_at timestamptz(3) not null default now(),
    queued_at timestamptz(3),
    started_at timestamptz(3),
    finished_at timestamptz(3),
    deleted_at timestamptz(3)
  )`,
  'create index tasks_of_user on tasks (user_id, created_at, id) where deleted_at is null',
  `create index tasks_awaiting_upload on tasks (upload_signed_at) where status = 'awaiting_upload'`,
  'create index tasks_deleted on tasks (deleted_at) where deleted_at is not null',
  `create function raise_task_version() returns trigger language plpgsql as
    'begin new.version := old.version + 1; return new; end'`,
  'create trigger tasks_version before update on tasks for each row execute function raise_task_version()',

  `create table idempotency_keys (
    user_id uuid not null references users,
    key text not null,
    body_hash bytea not null,
    task_id uuid not null references tasks,
    created_at timestamptz(3) not null default now(),
    primary key (user_id, key)
  )`,
  'create index idempotency_keys_task_id on idempotency_keys (task_id)',
  'create index idempotency_keys_created_at on idempotency_keys (created_at)',

  // No "on delete cascade" anywhere: locks are taken job first, then task.
  `create table jobs (
    id uuid primary key default gen_random_uuid(),
    task_id uuid not null references tasks,
    kind text not null,
    status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
    attempts integer not null default 0,
    lease_token uuid,
    lease_expires_at timestamptz(3),
    published_at timestamptz(3),
    queued_at timestamptz(3) not null default now(),
    last_error_code text,
    plan jsonb,
    traceparent text,
    created_at timestamptz(3) not null default now(),
    finished_at timestamptz(3)
  )`,
  'create index jobs_task_id on jobs (task_id)',
  `create unique index jobs_one_live_convert on jobs (task_id) where kind = 'convert' and status in ('queued', 'running')`,
  `create index jobs_queued on jobs (queued_at) where status = 'queued'`,
  `create index jobs_leased on jobs (lease_expires_at) where status = 'running'`,

  `create table outputs (
    task_id uuid not null references tasks,
    name text not null,
    object_name text not null,
    generation text not null,
    content_type text not null,
    size_bytes bigint not null,
    crc32c text not null,
    width integer not null,
    height integer not null,
    duration_seconds double precision not null,
    encoder text not null,
    created_at timestamptz(3) not null default now(),
    primary key (task_id, name)
  )`,
]

/** The first tables. Expand only: see "Working on Reelway" in the README. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
