import { forgetParts, notePartsGone } from '@reelway/shared/db/parts/leftover.ts'
import { deleteParts } from '@reelway/shared/storage/delete-objects.ts'
import type { Dependencies } from './dependencies.ts'

/**
 * Removes what is left of the parts of a task that has settled, from the storage and the database: called when it completes, and by the
 * reaper for all others. A task that is retried at that moment keeps them. Throws what the storage throws; the reaper tries again.
 */
export const sweepParts = async (
  { db, outputs }: Pick<Dependencies, 'db' | 'outputs'>,
  taskId: string,
): Promise<void> => {
  if (await deleteParts(outputs, taskId, () => forgetParts(db, taskId))) await notePartsGone(db, taskId)
}
