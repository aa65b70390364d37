import type { Insertable, Kysely } from 'kysely'
import { type CreatedOnce, createOnce, type IdempotencyKey } from '../idempotency-keys/create-once.ts'
import type { Database } from '../schema.ts'
import type { AssetRow } from './asset-row.ts'

export type NewAsset = Pick<
  Insertable<Database['assets']>,
  'userId' | 'kind' | 'fileName' | 'contentType' | 'sizeBytes' | 'uploadType' | 'announcedCrc32c'
>

/**
 * Makes an asset that waits for its upload, once for each idempotency key. The key is kept with a space in it, which no key of a client has:
 * the same key of a task is another one.
 */
export const createAsset = (
  db: Kysely<Database>,
  newAsset: NewAsset,
  idempotencyKey: IdempotencyKey | undefined,
): Promise<CreatedOnce<AssetRow, never>> =>
  createOnce<AssetRow, never>(db, newAsset.userId, idempotencyKey && keyOfAsset(idempotencyKey), {
    column: 'assetId',
    insert: async (trx) => ({
      kind: 'inserted',
      row: await trx.insertInto('assets').values(newAsset).returningAll().executeTakeFirstOrThrow(),
    }),
    find: (id) => db.selectFrom('assets').selectAll().where('id', '=', id).executeTakeFirst(),
  })

const keyOfAsset = ({ key, bodyHash }: IdempotencyKey): IdempotencyKey => ({ key: `asset: ${key}`, bodyHash })
