import type { StoredPart } from '@reelway/shared/db/parts/part.ts'
import { partObjectName } from '@reelway/shared/storage/object-names.ts'
import type { Dependencies } from '../dependencies.ts'
import type { HeldLease } from '../lease.ts'
import { storeResult } from '../store.ts'

/** A part on disk: an mp4, whose track has `lead` samples before those of the part. */
type Made = { path: string; sizeBytes: number; lead: number; encodeSeconds: number }

/** Stores a part under a name that belongs to this lease alone. Throws what storeResult throws. */
export const storePart = async (
  { outputs, binaries }: Dependencies,
  { lease, signal }: HeldLease,
  partId: string,
  { path, sizeBytes, lead, encodeSeconds }: Made,
): Promise<StoredPart> => {
  const objectName = partObjectName(lease.taskId, partId, lease.token)
  const facts = await storeResult(outputs, { path, sizeBytes, objectName, contentType: 'video/mp4' }, signal)
  return { objectName, generation: facts.generation, sizeBytes, lead, encoder: binaries.version, encodeSeconds }
}
