import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@reelway/shared/db/schema.ts'
import { type Kysely, sql } from 'kysely'

/**
 * Begins a GET of a task that waits for a change, and resolves when web has looked whether there was one: from then on it waits. The
 * answer is to be awaited by itself.
 */
export const beginWaiting = async <Answer>(
  db: Kysely<Database>,
  get: () => Promise<Answer>,
): Promise<{ answer: Promise<Answer> }> => {
  const before = await lastLook(db)
  const answer = get()
  while ((await lastLook(db)) === before) await sleep(20)
  return { answer }
}

/** When web last looked for a change of a task, of those looks that its connections have not forgotten for another statement. */
export const lastLook = async (db: Kysely<Database>): Promise<string> => {
  const { rows } = await sql<{ at: string | null }>`
    select max(query_start)::text as at from pg_stat_activity
    where datname = current_database() and query like '%"version" from "tasks"%' and query not like '%pg_stat_activity%'`.execute(
    db,
  )
  return rows[0]?.at ?? ''
}
