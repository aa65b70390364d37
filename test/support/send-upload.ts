import assert from 'node:assert/strict'
import { encodeCrc32c, extendCrc32c } from '@reelway/local/storage/crc32c.ts'
import type { UploadInstructions } from '@reelway/web/uploads/upload-schema.ts'

/** Sends a file as its upload instructions say; a resumable one in chunks of 256 KiB. Answers with the last status. */
export const sendUpload = async (
  { type, method, url, headers }: UploadInstructions,
  bytes: Buffer<ArrayBuffer>,
): Promise<number> => {
  const started = await fetch(url, { method, headers, body: type === 'single' ? bytes : '' })
  if (type === 'single') return started.status
  assert.equal(started.status, 201, await started.text())
  const session = started.headers.get('location') ?? ''
  for (let from = 0; ; from += CHUNK_BYTES) {
    const chunk = bytes.subarray(from, from + CHUNK_BYTES)
    const range = `bytes ${from}-${from + chunk.length - 1}/${bytes.length}`
    const answer = await fetch(session, { method: 'PUT', headers: { 'content-range': range }, body: chunk })
    if (answer.status !== 308) return answer.status
  }
}

// Every chunk but the last is a multiple of this (https://cloud.google.com/storage/docs/performing-resumable-uploads).
const CHUNK_BYTES = 256 * 1024

/** The CRC32C of a file as the API and Cloud Storage write it. */
export const checksumOf = (bytes: Buffer): string => encodeCrc32c(extendCrc32c(0, bytes))
