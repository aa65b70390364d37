import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Notes that Pub/Sub has the message of a job; of one that has been claimed since, its claim has noted it (claim.ts). */
export const markPublished = async (db: Kysely<Database>, jobId: string): Promise<void> => {
  await db
    .updateTable('jobs')
    .set({ publishedAt: sql<Date>`now()` })
    .where('id', '=', jobId)
    .where('status', '=', 'queued')
    .execute()
}
