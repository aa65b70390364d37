import type { Bucket } from '@google-cloud/storage'
import { answered } from './answered.ts'
import { assetObjectName, outputPrefix, partPrefix, sourceObjectName } from './object-names.ts'
import { isNotFound, isPreconditionFailed } from './storage-errors.ts'

/** A film has hundreds of parts, and each answer takes some tens of milliseconds. */
const DELETED_AT_ONCE = 16

/** Deletes one generation of an object; that it is gone already, or replaced, is fine. */
export const deleteObject = async (bucket: Bucket, name: string, generation: string): Promise<void> => {
  try {
    await answered(bucket.file(name).delete({ ifGenerationMatch: generation }))
  } catch (error) {
    if (!isNotFound(error) && !isPreconditionFailed(error)) throw error
  }
}

/** Deletes the upload of an asset, in whatever generation. */
export const deleteObjectOfAsset = async (uploads: Bucket, assetId: string): Promise<void> => {
  await answered(uploads.file(assetObjectName(assetId)).delete({ ignoreNotFound: true }))
}

/** Deletes the upload that a task brought, in whatever generation. */
export const deleteUpload = (uploads: Bucket, taskId: string): Promise<void> =>
  deleteBelow(uploads, sourceObjectName(taskId))

/** Deletes the parts and all outputs of a task, also those of attempts that came to nothing. */
export const deleteResults = async (outputs: Bucket, taskId: string): Promise<void> => {
  await deleteBelow(outputs, partPrefix(taskId))
  await deleteBelow(outputs, outputPrefix(taskId))
}

const deleteBelow = async (bucket: Bucket, prefix: string): Promise<void> => {
  const [files] = await answered(bucket.getFiles({ prefix }))
  for (const file of files) await deleteObject(bucket, file.name, String(file.metadata.generation))
}

/**
 * Deletes what is stored for a task in the outputs bucket, parts and outputs, but the objects that `decide` keeps. It is asked when all
 * have been listed: what is stored for the task after its answer is not touched. False: it said undefined, and all stay.
 */
export const deleteLeftovers = async (
  outputs: Bucket,
  taskId: string,
  decide: () => Promise<{ keptObjects: readonly string[] } | undefined>,
): Promise<boolean> => {
  const prefixes = [partPrefix(taskId), outputPrefix(taskId)]
  const listed = await Promise.all(prefixes.map(async (prefix) => (await answered(outputs.getFiles({ prefix })))[0]))
  const decided = await decide()
  if (decided === undefined) return false
  const unwanted = listed.flat().filter(({ name }) => !decided.keptObjects.includes(name))
  for (let index = 0; index < unwanted.length; index += DELETED_AT_ONCE) {
    const some = unwanted.slice(index, index + DELETED_AT_ONCE)
    await Promise.all(some.map(({ name, metadata }) => deleteObject(outputs, name, String(metadata.generation))))
  }
  return true
}
