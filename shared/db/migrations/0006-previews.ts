import { type Kysely, sql } from 'kysely'

/** Posters and storyboards of completed tasks: what they are, and their objects in the outputs bucket. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw('alter table tasks add column previews jsonb').execute(db)
}
