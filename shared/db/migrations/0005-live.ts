import { type Kysely, sql } from 'kysely'

const statements = [
  // A log-in of a browser: its cookie is kept as a hash, and it has no refresh tokens.
  'alter table sessions add column cookie_hash bytea',
  'create unique index sessions_cookie_hash on sessions (cookie_hash) where cookie_hash is not null',

  // Which transaction changed a task last. Transactions commit in another order than they begin in: whoever has read a snapshot, and
  // later asks for all that was changed by its oldest open transaction and those after it, misses nothing.
  'alter table tasks add column changed_by xid8 not null default pg_current_xact_id()',
  'create index tasks_changed_by on tasks (user_id, changed_by)',
  `create function note_task_change() returns trigger language plpgsql as
    'begin new.changed_by := pg_current_xact_id(); return new; end'`,
  'create trigger tasks_changed_by before update on tasks for each row execute function note_task_change()',

  // The last change among the user's purged tasks: whoever has not heard of it, their deletion, cannot be told of it any more.
  'alter table users add column last_purged_change xid8',
  `create function note_task_purge() returns trigger language plpgsql as
    $$begin
      update users set last_purged_change = greatest(last_purged_change, old.changed_by) where id = old.user_id;
      return null;
    end$$`,
  'create trigger tasks_purged_by after delete on tasks for each row execute function note_task_purge()',

  // Whoever listens hears of it when the transaction commits: of several changes for one user once.
  `create function announce_task_change() returns trigger language plpgsql as
    $$begin perform pg_notify('task_changes', new.user_id::text); return null; end$$`,
  'create trigger tasks_announced after insert or update on tasks for each row execute function announce_task_change()',
  `create function announce_session_end() returns trigger language plpgsql as
    $$begin perform pg_notify('session_ends', new.user_id::text); return null; end$$`,
  `create trigger sessions_announced after update of revoked_at on sessions for each row
    when (new.revoked_at is not null) execute function announce_session_end()`,
]

/** Log-ins of browsers, and what tells of changes while they happen. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Triggers, so that what the release before changes is told, too. They refuse nothing, and change only what it does not know. */
export const deliberate = [
  'new trigger tasks CREATE TRIGGER tasks_changed_by BEFORE UPDATE ON public.tasks FOR EACH ROW EXECUTE FUNCTION note_task_change()',
  'new trigger tasks CREATE TRIGGER tasks_purged_by AFTER DELETE ON public.tasks FOR EACH ROW EXECUTE FUNCTION note_task_purge()',
  'new trigger tasks CREATE TRIGGER tasks_announced AFTER INSERT OR UPDATE ON public.tasks FOR EACH ROW EXECUTE FUNCTION announce_task_change()',
  'new trigger sessions CREATE TRIGGER sessions_announced AFTER UPDATE OF revoked_at ON public.sessions FOR EACH ROW WHEN ((new.revoked_at IS NOT NULL)) EXECUTE FUNCTION announce_session_end()',
]
