import type { Digest } from './digest.ts'
import { badDigest } from './refusals.ts'

/** Checksums that a client says its content has, base64. */
export type ClaimedChecksums = { crc32c?: string | null | undefined; md5Hash?: string | null | undefined }

/** Reads x-goog-hash ("crc32c=…,md5=…") and Content-MD5 (docs: "XML API, request headers"). */
export const claimedChecksums = (headers: Readonly<Record<string, string | undefined>>): ClaimedChecksums => {
  const claimed: ClaimedChecksums = { md5Hash: headers['content-md5'] }
  for (const part of (headers['x-goog-hash'] ?? '').split(',')) {
    const at = part.indexOf('=')
    const kind = part.slice(0, at).trim()
    if (kind === 'crc32c') claimed.crc32c = part.slice(at + 1).trim()
    if (kind === 'md5') claimed.md5Hash = part.slice(at + 1).trim()
  }
  return claimed
}

/** Throws BadDigest when the content is not what the client says that it is. */
export const checkClaims = (digest: Digest, ...claims: ClaimedChecksums[]): void => {
  for (const claimed of claims) {
    if (claimed.crc32c && claimed.crc32c !== digest.crc32c)
      throw badDigest(`CRC32C of the content is ${digest.crc32c}, not ${claimed.crc32c}.`)
    if (claimed.md5Hash && claimed.md5Hash !== digest.md5Hash)
      throw badDigest(`MD5 of the content is ${digest.md5Hash}, not ${claimed.md5Hash}.`)
  }
}
