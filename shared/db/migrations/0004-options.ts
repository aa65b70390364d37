import { type Kysely, sql } from 'kysely'

const statements = [
  // What a task asks for beside its preset, and whose upload it uses when it has none of its own. No reference: the upload stays, when
  // that task is purged, for as long as one task uses it (db/tasks/unwanted-upload.ts).
  `alter table tasks
    add column options jsonb not null default '{}',
    add column source_task_id uuid`,
  'create index tasks_source_task_id on tasks (source_task_id) where source_task_id is not null',

  // Sound has no size, a picture no duration. copied: its picture was not encoded anew. starts_at_seconds: where in the source it
  // begins, when that is not where it was asked to.
  'alter table outputs alter column width drop not null, alter column height drop not null, alter column duration_seconds drop not null',
  'alter table outputs add column copied boolean not null default false, add column starts_at_seconds double precision',

  // Pictures and clips of a user's own, uploaded like sources and used by any number of tasks.
  `create table assets (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users,
    status text not null default 'awaiting_upload' check (status in ('awaiting_upload', 'ready')),
    kind text not null check (kind in ('picture', 'clip')),
    file_name text not null,
    content_type text not null,
    size_bytes bigint not null check (size_bytes > 0),
    upload_type text not null check (upload_type in ('resumable', 'single')),
    announced_crc32c text,
    generation text,
    crc32c text,
    error_code text,
    error_parameters jsonb,
    created_at timestamptz(3) not null default now(),
    upload_signed_at timestamptz(3) not null default now(),
    deleted_at timestamptz(3),
    check (status <> 'ready' or generation is not null)
  )`,
  'create index assets_of_user on assets (user_id, created_at desc, id desc) where deleted_at is null',
  'create index assets_deleted on assets (deleted_at) where deleted_at is not null',
  `create index assets_awaiting_upload on assets (upload_signed_at) where status = 'awaiting_upload'`,
  'alter table idempotency_keys alter column task_id drop not null, add column asset_id uuid references assets',
  'create index idempotency_keys_asset_id on idempotency_keys (asset_id) where asset_id is not null',
]

/** Options of tasks, tasks that share an upload, and pictures and clips of a user's own. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
