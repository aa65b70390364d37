import { type Kysely, sql } from 'kysely'
import type { Database } from '../schema.ts'

/** Notes that a new upload URL is handed out for a user's asset; what was wrong with an earlier upload is over. False: it does not wait for an upload. */
export const noteAssetUploadSigned = async (
  db: Kysely<Database>,
  userId: string,
  assetId: string,
): Promise<boolean> => {
  const noted = await db
    .updateTable('assets')
    .set({ uploadSignedAt: sql<Date>`now()`, errorCode: null, errorParameters: null })
    .where('id', '=', assetId)
    .where('userId', '=', userId)
    .where('deletedAt', 'is', null)
    .where('status', '=', 'awaiting_upload')
    .returning('id')
    .executeTakeFirst()
  return noted !== undefined
}
