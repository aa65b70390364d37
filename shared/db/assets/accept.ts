import type { Kysely } from 'kysely'
import type { Database } from '../schema.ts'
import type { SourceObject } from '../tasks/queue.ts'

/** Makes an asset ready whose upload has arrived. False: it does not wait for an upload any more, or was deleted. */
export const acceptAsset = async (
  db: Kysely<Database>,
  assetId: string,
  { generation, crc32c }: SourceObject,
): Promise<boolean> => {
  const accepted = await db
    .updateTable('assets')
    .set({ status: 'ready', generation, crc32c, errorCode: null, errorParameters: null })
    .where('id', '=', assetId)
    .where('deletedAt', 'is', null)
    .where('status', '=', 'awaiting_upload')
    .returning('id')
    .executeTakeFirst()
  return accepted !== undefined
}
