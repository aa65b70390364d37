import type { Bucket } from '@google-cloud/storage'
import type { Kysely } from 'kysely'
import { acceptAsset } from '../db/assets/accept.ts'
import type { AssetRow } from '../db/assets/asset-row.ts'
import { rejectAssetUpload } from '../db/assets/reject-upload.ts'
import type { Database } from '../db/schema.ts'
import type { ReelwayError } from '../errors/reelway-error.ts'
import { deleteObject } from '../storage/delete-objects.ts'
import { readObjectFacts } from '../storage/object-facts.ts'
import { assetObjectName } from '../storage/object-names.ts'
import { compareUpload } from './compare-upload.ts'

export type AcceptedAsset =
  | { kind: 'accepted' }
  /** somebody was here before: nothing was changed */
  | { kind: 'already-accepted' }
  /** deleted before it was there: the object was removed */
  | { kind: 'unwanted' }
  | { kind: 'missing' }
  /** not what was announced: the object was removed, and the asset goes on waiting */
  | { kind: 'rejected'; error: ReelwayError }

/**
 * Takes the upload of an asset, as accept-upload.ts that of a task: checks what Cloud Storage has against what was announced, and makes
 * the asset ready with exactly that generation. Called by the client through web and by the bucket's notification through batch, in any
 * order and any number of times.
 */
export const acceptAssetUpload = async (
  { db, uploads }: { db: Kysely<Database>; uploads: Bucket },
  asset: Pick<AssetRow, 'id' | 'status' | 'sizeBytes' | 'announcedCrc32c' | 'deletedAt'>,
): Promise<AcceptedAsset> => {
  // A deleted one, too: tasks that named it may still use it, and who deletes it sees to its object.
  if (asset.status === 'ready') return { kind: 'already-accepted' }
  const name = assetObjectName(asset.id)
  const object = await readObjectFacts(uploads, name)
  if (object === undefined) return { kind: 'missing' }
  if (asset.deletedAt !== null) {
    await deleteObject(uploads, name, object.generation)
    return { kind: 'unwanted' }
  }
  const mismatch = compareUpload(asset, object)
  if (mismatch !== undefined) {
    await rejectAssetUpload(db, asset.id, mismatch.code, mismatch.parameters)
    await deleteObject(uploads, name, object.generation)
    return { kind: 'rejected', error: mismatch }
  }
  return { kind: (await acceptAsset(db, asset.id, object)) ? 'accepted' : 'already-accepted' }
}
