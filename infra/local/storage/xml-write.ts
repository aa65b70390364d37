import { createHash } from 'node:crypto'
import { claimedChecksums } from './checksums.ts'
import { answer, type Exchange } from './exchange.ts'
import { preconditionsOfHeaders } from './preconditions.ts'
import { bodyChunks } from './receive-body.ts'
import { Refusal } from './refusal.ts'
import { badDigest } from './refusals.ts'
import { uploadedHeaders } from './session-answers.ts'
import { checkSize, parseSizeLimits } from './size-limits.ts'
import { uploadObject } from './upload-object.ts'
import { metadataOfHeaders } from './xml-metadata.ts'

/**
 * PUT of an object in one request (XML API reference: "PUT object"): x-goog-content-length-range,
 * x-goog-if-generation-match, x-goog-hash, Content-MD5, x-goog-content-sha256, x-goog-meta-*. Throws
 * MissingContentLength (411) and the refusals of uploadObject.
 */
export const writeXmlObject = async (exchange: Exchange, bucket: string, name: string): Promise<void> => {
  const { headers } = exchange
  const length = headers['content-length']
  if (length === undefined && headers['transfer-encoding'] === undefined) throw missingContentLength()
  const limits = parseSizeLimits(headers['x-goog-content-length-range'])
  if (length !== undefined) checkSize(limits, Number(length))
  const record = await uploadObject(
    exchange,
    {
      bucket,
      name,
      metadata: metadataOfHeaders(headers),
      conditions: preconditionsOfHeaders(headers),
      claims: [claimedChecksums(headers)],
      limits,
    },
    checkedChunks(bodyChunks(exchange), headers['x-goog-content-sha256']),
  )
  answer(exchange, 200, uploadedHeaders(record), '')
}

/** Passes chunks on; at their end, throws BadDigest when they do not have the SHA-256 that was signed. */
async function* checkedChunks(chunks: AsyncIterable<Buffer>, sha256: string | undefined): AsyncGenerator<Buffer> {
  if (sha256 === undefined || sha256 === 'UNSIGNED-PAYLOAD') return yield* chunks
  const hash = createHash('sha256')
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== sha256.toLowerCase()) throw badDigest('x-goog-content-sha256 does not match.')
}

const missingContentLength = (): Refusal =>
  new Refusal({
    status: 411,
    code: 'MissingContentLength',
    reason: 'required',
    message: 'You must provide the Content-Length HTTP header.',
  })
