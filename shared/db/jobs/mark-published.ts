import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Notes that Pub/Sub has the message of a job. */
export const markPublished = async (db: Kysely<Database>, jobId: string): Promise<void> => {
  await db.updateTable('jobs').set({ publishedAt: sql<Date>`now()` }).where('id', '=', jobId).execute()
}
