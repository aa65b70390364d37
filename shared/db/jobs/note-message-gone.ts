import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/**
 * Notes that a message of a job is about to be acknowledged although a holder works on it: it was delivered twice, or Pub/Sub has given it
 * up. If that holder gives the job back, no message may be left to bring it again, so that the reaper must publish it (requeue-stale.ts).
 * False: nobody works on it any more, so that it can be claimed, or has settled.
 */
export const noteMessageGone = async (db: Kysely<Database>, jobId: string): Promise<boolean> => {
  const noted = await db
    .updateTable('jobs')
    .set({ publishedAt: null })
    .where('id', '=', jobId)
    .where('status', '=', 'running')
    .where(sql<boolean>`lease_expires_at >= now()`)
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}
