import type { Bucket } from '@google-cloud/storage'
import { answered } from './answered.ts'
import { outputPrefix, partPrefix, sourceObjectName } from './object-names.ts'
import { isNotFound, isPreconditionFailed } from './storage-errors.ts'

/** Deletes one generation of an object; that it is gone already, or replaced, is fine. */
export const deleteObject = async (bucket: Bucket, name: string, generation: string): Promise<void> => {
  try {
    await answered(bucket.file(name).delete({ ifGenerationMatch: generation }))
  } catch (error) {
    if (!isNotFound(error) && !isPreconditionFailed(error)) throw error
  }
}

/** Deletes everything that is stored for a task: its upload, its parts and all outputs, also those of attempts that came to nothing. */
export const deleteObjectsOfTask = async (uploads: Bucket, outputs: Bucket, taskId: string): Promise<void> => {
  for (const [bucket, prefix] of [
    [uploads, sourceObjectName(taskId)],
    [outputs, partPrefix(taskId)],
    [outputs, outputPrefix(taskId)],
  ] as const) {
    const [files] = await answered(bucket.getFiles({ prefix }))
    for (const file of files) await deleteObject(bucket, file.name, String(file.metadata.generation))
  }
}

/** Deletes what is stored for a task except one object: what earlier attempts left. */
export const deleteOtherOutputs = async (outputs: Bucket, taskId: string, keptObjectName: string): Promise<void> => {
  const [files] = await answered(outputs.getFiles({ prefix: outputPrefix(taskId) }))
  for (const file of files) {
    if (file.name !== keptObjectName) await deleteObject(outputs, file.name, String(file.metadata.generation))
  }
}

/**
 * Deletes all parts of a task, if `mayGo` says so, which is asked when they have been listed: what is stored for the task after its
 * answer is not touched. False: they stay.
 */
export const deleteParts = async (outputs: Bucket, taskId: string, mayGo: () => Promise<boolean>): Promise<boolean> => {
  const [files] = await answered(outputs.getFiles({ prefix: partPrefix(taskId) }))
  if (!(await mayGo())) return false
  for (const file of files) await deleteObject(outputs, file.name, String(file.metadata.generation))
  return true
}
