import { forgetLeftovers, type Leftovers, noteSwept } from '@reelway/shared/db/tasks/leftover.ts'
import { deleteLeftovers, deleteUpload } from '@reelway/shared/storage/delete-objects.ts'
import type { Dependencies } from './dependencies.ts'

/**
 * Removes what is left of the work on a task that has settled, from the storage and the database: its parts, and the results of holders
 * that died before they could complete it, or the upload of one that has expired. Called when it completes, and by the reaper for all others. A task that is retried at that
 * moment keeps its parts. Throws what the storage throws; the reaper tries again.
 */
export const sweepTask = async (
  { db, uploads, outputs }: Pick<Dependencies, 'db' | 'uploads' | 'outputs'>,
  taskId: string,
): Promise<void> => {
  let leftovers: Leftovers | undefined
  await deleteLeftovers(outputs, taskId, async () => {
    leftovers = await forgetLeftovers(db, taskId)
    return leftovers
  })
  if (leftovers === undefined) return
  if (leftovers.isUploadUseless) await deleteUpload(uploads, taskId)
  await noteSwept(db, taskId, leftovers)
}
