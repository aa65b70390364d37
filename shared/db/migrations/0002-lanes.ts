import { type Kysely, sql } from 'kysely'

/** Tasks that came through the candidate revision of web are worked on by the candidate revision of batch. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table tasks add column lane text not null default 'main'
    check (lane in ('main', 'candidate'))`.execute(db)
}
