import type { Bucket } from '@google-cloud/storage'
import type { Kysely } from 'kysely'
import type { Database } from '../db/schema.ts'
import { findTask } from '../db/tasks/find.ts'
import { isUploadUsed } from '../db/tasks/is-upload-used.ts'
import { deleteResults, deleteUpload } from '../storage/delete-objects.ts'

/**
 * Deletes everything that is stored for a deleted task: its parts and all outputs, also those of attempts that came to nothing, and its
 * upload, unless tasks that are not deleted convert that, too: then the last of them takes it along.
 */
export const deleteObjectsOfTask = async (
  { db, uploads, outputs }: { db: Kysely<Database>; uploads: Bucket; outputs: Bucket },
  taskId: string,
): Promise<void> => {
  await deleteResults(outputs, taskId)
  const task = await findTask(db, taskId)
  if (task === undefined) return
  const uploadTaskId = task.sourceTaskId ?? task.id
  if (task.sourceGeneration !== null && (await isUploadUsed(db, uploadTaskId, task.sourceGeneration))) return
  await deleteUpload(uploads, uploadTaskId)
}
