import type { Kysely } from 'kysely'
import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Database } from '../schema.ts'

/** Notes why the upload of an asset was not accepted. The asset goes on waiting: its owner can upload again. */
export const rejectAssetUpload = async (
  db: Kysely<Database>,
  assetId: string,
  code: ErrorCode,
  parameters: Record<string, string | number>,
): Promise<void> => {
  await db
    .updateTable('assets')
    .set({ errorCode: code, errorParameters: JSON.stringify(parameters) })
    .where('id', '=', assetId)
    .where('status', '=', 'awaiting_upload')
    .execute()
}
