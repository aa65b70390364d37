import { rmSync } from 'node:fs'
import { type ClaimedChecksums, checkClaims } from './checksums.ts'
import type { Exchange } from './exchange.ts'
import type { ObjectMetadata } from './object-metadata.ts'
import type { ObjectRecord } from './object-record.ts'
import { checkWrite, type Preconditions } from './preconditions.ts'
import { receiveIntoFile } from './receive-body.ts'
import { checkSize, type SizeLimits } from './size-limits.ts'

/** An upload in one request. */
export type SingleUpload = {
  bucket: string
  name: string
  metadata: ObjectMetadata
  conditions: Preconditions
  claims: ClaimedChecksums[]
  limits?: SizeLimits | undefined
}

/**
 * Streams content to the disk and makes it the object. Preconditions are checked before the content is read, to spare
 * the client its upload, and again in the step in which the object appears. Throws PreconditionFailed, EntityTooLarge,
 * EntityTooSmall, BadDigest, BrokenBody; then nothing is left of it.
 */
export const uploadObject = async (
  exchange: Exchange,
  upload: SingleUpload,
  content: AsyncIterable<Buffer>,
): Promise<ObjectRecord> => {
  const { objects } = exchange.service
  const { bucket, name, conditions, limits } = upload
  checkWrite(conditions, objects.find(bucket, name))
  const path = objects.incomingPath()
  try {
    const digest = await receiveIntoFile(content, path, limits?.max)
    checkSize(limits, digest.size)
    checkClaims(digest, ...upload.claims)
    const { md5Hash: _md5, crc32c: _crc, ...metadata } = upload.metadata
    return objects.commit(bucket, name, { path, ...digest }, metadata, conditions)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}
