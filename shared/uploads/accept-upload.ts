import type { Bucket } from '@google-cloud/storage'
import { isUploadUsed } from '../db/tasks/is-upload-used.ts'
import { queueTask } from '../db/tasks/queue.ts'
import { rejectUpload } from '../db/tasks/reject-upload.ts'
import type { TaskRow } from '../db/tasks/task-row.ts'
import type { ReelwayError } from '../errors/reelway-error.ts'
import { currentTraceparent } from '../http/request-context.ts'
import { dispatch } from '../message/dispatch.ts'
import type { Publishing } from '../message/publish.ts'
import { deleteObject } from '../storage/delete-objects.ts'
import { readObjectFacts } from '../storage/object-facts.ts'
import { sourceObjectName } from '../storage/object-names.ts'
import { compareUpload } from './compare-upload.ts'

export type Accepted =
  | { kind: 'queued'; jobId: string }
  /** somebody was here before, who may have known less of it: nothing was changed */
  | { kind: 'already-accepted' }
  /** nobody wants it any more (cancelled, deleted, expired): the object was removed */
  | { kind: 'unwanted' }
  | { kind: 'missing' }
  /** not what was announced: the object was removed, and the task goes on waiting */
  | { kind: 'rejected'; error: ReelwayError }

/**
 * Takes the upload of a task: checks what Cloud Storage has against what was announced, queues the task with exactly that
 * generation, and lets its job have its turn. Called by the client through web and by the bucket's notification through batch, in any order
 * and any number of times.
 */
export const acceptUpload = async (
  deps: Publishing & { uploads: Bucket; config: { DISPATCH_WINDOW: number } },
  task: Pick<TaskRow, 'id' | 'status' | 'sizeBytes' | 'announcedCrc32c' | 'sourceGeneration' | 'deletedAt'>,
): Promise<Accepted> => {
  if (task.sourceGeneration !== null && task.deletedAt === null) return { kind: 'already-accepted' }
  const name = sourceObjectName(task.id)
  const object = await readObjectFacts(deps.uploads, name)
  if (object === undefined) return { kind: 'missing' }
  if (task.status !== 'awaiting_upload' || task.deletedAt !== null) {
    // Deleted, but others convert its upload, too.
    if (await isUploadUsed(deps.db, task.id, object.generation)) return { kind: 'already-accepted' }
    await deleteObject(deps.uploads, name, object.generation)
    return { kind: 'unwanted' }
  }
  const mismatch = compareUpload(task, object)
  if (mismatch !== undefined) {
    if (!(await rejectUpload(deps.db, task.id, object.generation, mismatch))) return { kind: 'already-accepted' }
    await deleteObject(deps.uploads, name, object.generation)
    return { kind: 'rejected', error: mismatch }
  }
  const queued = await queueTask(deps.db, task.id, object, currentTraceparent())
  if (queued === undefined) return { kind: 'already-accepted' }
  await dispatch(deps, deps.config.DISPATCH_WINDOW)
  return { kind: 'queued', jobId: queued.jobId }
}
