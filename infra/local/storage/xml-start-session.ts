import { claimedChecksums } from './checksums.ts'
import { answer, type Exchange } from './exchange.ts'
import { checkWrite, preconditionsOfHeaders } from './preconditions.ts'
import { smallBody } from './receive-body.ts'
import { invalidArgument } from './refusals.ts'
import { checkSize, parseSizeLimits } from './size-limits.ts'
import { metadataOfHeaders } from './xml-metadata.ts'

/**
 * POST with x-goog-resumable: start (XML API reference: "POST object"): 201 with the session URI as Location. What the
 * headers demand of size, checksums and generation is checked here as far as it can be, and again at the end.
 * Throws InvalidArgument without x-goog-resumable, EntityTooLarge, EntityTooSmall, PreconditionFailed.
 */
export const startXmlSession = async (exchange: Exchange, bucket: string, name: string): Promise<void> => {
  const { headers, service } = exchange
  if (headers['x-goog-resumable'] !== 'start') throw invalidArgument('POST needs x-goog-resumable: start.')
  await smallBody(exchange)
  const limits = parseSizeLimits(headers['x-goog-content-length-range'])
  const expected = headers['x-upload-content-length']
  if (expected !== undefined && !/^\d{1,15}$/.test(expected)) throw invalidArgument('Invalid X-Upload-Content-Length.')
  // Assumed: a size that is announced and not allowed is refused at once.
  if (expected !== undefined) checkSize(limits, Number(expected))
  const conditions = preconditionsOfHeaders(headers)
  checkWrite(conditions, service.objects.find(bucket, name))
  const origin = headers.origin
  const metadata = metadataOfHeaders(headers)
  const session = service.sessions.start({
    api: 'xml',
    bucket,
    name,
    metadata: {
      ...metadata,
      ...claimedChecksums(headers),
      contentType: headers['x-upload-content-type'] ?? metadata.contentType,
    },
    conditions,
    ...(origin !== undefined && { origin }),
    ...(limits !== undefined && { limits }),
    ...(expected !== undefined && { expectedBytes: Number(expected) }),
  })
  answer(
    exchange,
    201,
    {
      location: `${service.origin}${exchange.target.path}?upload_id=${session.id}`,
      'x-guploader-uploadid': session.id,
    },
    '',
  )
}
