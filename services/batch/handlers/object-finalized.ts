import { findAsset } from '@reelway/shared/db/assets/find.ts'
import { findTask } from '@reelway/shared/db/tasks/find.ts'
import { isUploadUsed } from '@reelway/shared/db/tasks/is-upload-used.ts'
import type { PushEnvelope } from '@reelway/shared/message/envelope.ts'
import { deleteObject } from '@reelway/shared/storage/delete-objects.ts'
import { assetIdOf, taskIdOfSource } from '@reelway/shared/storage/object-names.ts'
import { acceptAssetUpload } from '@reelway/shared/uploads/accept-asset-upload.ts'
import { acceptUpload } from '@reelway/shared/uploads/accept-upload.ts'
import { z } from 'zod'
import type { Outcome } from '../ack-policy.ts'
import type { Dependencies } from '../dependencies.ts'

// https://cloud.google.com/storage/docs/pubsub-notifications#attributes
const notification = z.object({
  eventType: z.string(),
  bucketId: z.string(),
  objectId: z.string(),
  objectGeneration: z.string(),
})

/**
 * The uploads bucket says that an object is complete: its task is queued, or its asset is ready, as if the client had said so. An object
 * that nobody waits for is removed.
 */
export const objectFinalized = async (deps: Dependencies, envelope: PushEnvelope): Promise<Outcome> => {
  const parsed = notification.safeParse(envelope.message.attributes)
  if (!parsed.success) return { kind: 'malformed', reason: 'the message is no notification of a bucket' }
  const { eventType, bucketId, objectId, objectGeneration } = parsed.data
  if (eventType !== 'OBJECT_FINALIZE') return { kind: 'ignored', reason: `an event ${eventType}` }
  if (bucketId !== deps.config.UPLOADS_BUCKET) return { kind: 'ignored', reason: `bucket ${bucketId}` }
  const taskId = taskIdOfSource(objectId)
  if (taskId !== undefined) return await sourceFinalized(deps, taskId, { objectId, objectGeneration })
  const assetId = assetIdOf(objectId)
  if (assetId !== undefined) return await assetFinalized(deps, assetId, { objectId, objectGeneration })
  return { kind: 'ignored', reason: 'an object of another kind' }
}

type Finalized = { objectId: string; objectGeneration: string }

const sourceFinalized = async (
  deps: Dependencies,
  taskId: string,
  { objectId, objectGeneration }: Finalized,
): Promise<Outcome> => {
  const task = await findTask(deps.db, taskId)
  if (task === undefined) {
    if (await isUploadUsed(deps.db, taskId, objectGeneration)) return { kind: 'already-settled' }
    // Tasks are committed before their URL is signed: this one has been deleted.
    await deleteObject(deps.uploads, objectId, objectGeneration)
    return { kind: 'ignored', reason: 'its task is deleted: the object was removed' }
  }
  const accepted = await acceptUpload(deps, task)
  switch (accepted.kind) {
    case 'queued':
      return { kind: 'accepted', taskId }
    case 'already-accepted':
      return { kind: 'already-settled' }
    case 'missing':
      return { kind: 'ignored', reason: 'the object is gone again' }
    case 'unwanted':
      return { kind: 'ignored', reason: 'nobody waits for it: the object was removed' }
    case 'rejected':
      return { kind: 'refused', taskId, code: accepted.error.code }
    default:
      return accepted satisfies never
  }
}

const assetFinalized = async (
  deps: Dependencies,
  assetId: string,
  { objectId, objectGeneration }: Finalized,
): Promise<Outcome> => {
  const asset = await findAsset(deps.db, assetId)
  if (asset === undefined) {
    await deleteObject(deps.uploads, objectId, objectGeneration)
    return { kind: 'ignored', reason: 'its asset is deleted: the object was removed' }
  }
  const accepted = await acceptAssetUpload(deps, asset)
  switch (accepted.kind) {
    case 'accepted':
      return { kind: 'asset-accepted', assetId }
    case 'already-accepted':
      return { kind: 'already-settled' }
    case 'missing':
      return { kind: 'ignored', reason: 'the object is gone again' }
    case 'unwanted':
      return { kind: 'ignored', reason: 'nobody waits for it: the object was removed' }
    case 'rejected':
      return { kind: 'asset-refused', assetId, code: accepted.error.code }
    default:
      return accepted satisfies never
  }
}
