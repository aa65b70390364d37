import { type Change, change } from './history.ts'
import { withDatabase } from './with-database.ts'

const TABLES = ['jobs', 'tasks', 'parts', 'outputs'] as const

/** Plans and facts of sources are large, and nothing is checked of them. */
const TOO_LARGE = `array['plan', 'source', 'error_parameters']`

/**
 * Makes the database write down every change of jobs, tasks, parts and outputs, with the process that made it, in a schema of the test's
 * own: by triggers, in the transaction of the change, so that what is rolled back leaves nothing.
 */
export const recordHistory = (databaseUrl: string): Promise<void> =>
  withDatabase(databaseUrl, async (client) => {
    await client.query(`
      create schema history;
      create table history.changes (
        seq bigserial primary key,
        transaction text not null default pg_current_xact_id()::text,
        writer text not null default current_setting('application_name'),
        at timestamptz not null default clock_timestamp(),
        "table" text not null, before jsonb, after jsonb
      );
      create function history.note() returns trigger language plpgsql security definer as $$ begin
        insert into history.changes ("table", before, after) values (
          tg_table_name,
          case when tg_op <> 'INSERT' then to_jsonb(old) - ${TOO_LARGE} end,
          case when tg_op <> 'DELETE' then to_jsonb(new) - ${TOO_LARGE} end
        );
        return null;
      end $$;
      ${TABLES.map((table) => `create trigger note_history after insert or update or delete on ${table} for each row execute function history.note();`).join('\n')}
    `)
  })

/** Everything that was written down, oldest first. */
export const readHistory = (databaseUrl: string): Promise<Change[]> =>
  withDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query(
      'select seq::int, transaction, writer, at, "table", before, after from history.changes order by seq',
    )
    return rows.map((row) => change.parse(row))
  })
