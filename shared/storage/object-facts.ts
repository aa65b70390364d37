import type { Bucket, FileMetadata } from '@google-cloud/storage'
import { answered } from './answered.ts'
import { isNotFound } from './storage-errors.ts'

/** What Cloud Storage says of an object. `crc32c` is base64 of 4 bytes, big-endian. */
export type ObjectFacts = { sizeBytes: number; generation: string; crc32c: string }

/** The facts of the newest generation of an object; undefined when there is none. Throws what the client throws otherwise. */
export const readObjectFacts = async (bucket: Bucket, name: string): Promise<ObjectFacts | undefined> => {
  try {
    const [metadata] = await answered(bucket.file(name).getMetadata())
    return factsOf(metadata)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** The facts in an object's metadata. Throws when one is missing: Cloud Storage gives them for every object. */
export const factsOf = (metadata: FileMetadata): ObjectFacts => {
  const { size, generation, crc32c } = metadata
  if (size === undefined || generation === undefined || crc32c === undefined) {
    throw new Error('the storage answered without size, generation or crc32c')
  }
  return { sizeBytes: Number(size), generation: String(generation), crc32c }
}
