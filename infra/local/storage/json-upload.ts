import { claimedChecksums } from './checksums.ts'
import { answer, answerJson, type Exchange } from './exchange.ts'
import { jsonBody, parseJson } from './json-body.ts'
import { readMultipart } from './multipart.ts'
import { type ObjectMetadata, objectMetadataSchema } from './object-metadata.ts'
import { checkObjectName } from './object-name.ts'
import { objectResource } from './object-record.ts'
import { checkWrite, preconditionsOfQuery } from './preconditions.ts'
import { bodyChunks } from './receive-body.ts'
import { invalidArgument, methodNotAllowed } from './refusals.ts'
import { uploadObject } from './upload-object.ts'

/**
 * POST /upload/storage/v1/b/BUCKET/o (JSON API docs: "Uploads and downloads"), uploadType media, multipart or
 * resumable. Throws InvalidArgument and the refusals of uploadObject.
 */
export const uploadJson = async (exchange: Exchange, bucket: string): Promise<void> => {
  if (exchange.method !== 'POST') throw methodNotAllowed()
  const { headers, target } = exchange
  switch (target.parameters.get('uploadType')) {
    case 'media':
      return upload(exchange, bucket, { contentType: headers['content-type'] }, bodyChunks(exchange))
    case 'multipart': {
      const parts = await readMultipart(headers['content-type'], bodyChunks(exchange))
      const metadata = parseJson(parts.json, objectMetadataSchema)
      return upload(
        exchange,
        bucket,
        { ...metadata, contentType: metadata.contentType ?? parts.contentType },
        parts.content,
      )
    }
    case 'resumable':
      return startSession(exchange, bucket)
    default:
      throw invalidArgument('Unknown uploadType.')
  }
}

const upload = async (
  exchange: Exchange,
  bucket: string,
  metadata: ObjectMetadata,
  content: AsyncIterable<Buffer>,
): Promise<void> => {
  const record = await uploadObject(
    exchange,
    {
      bucket,
      name: objectName(exchange, metadata),
      metadata,
      conditions: preconditionsOfQuery(exchange.target.parameters),
      claims: [metadata, claimedChecksums(exchange.headers)],
    },
    content,
  )
  answerJson(exchange, 200, objectResource(record, exchange.service.origin))
}

const startSession = async (exchange: Exchange, bucket: string): Promise<void> => {
  const { headers, service, target } = exchange
  const metadata = await jsonBody(exchange, objectMetadataSchema)
  const name = objectName(exchange, metadata)
  const conditions = preconditionsOfQuery(target.parameters)
  checkWrite(conditions, service.objects.find(bucket, name))
  const expected = headers['x-upload-content-length']
  if (expected !== undefined && !/^\d{1,15}$/.test(expected)) throw invalidArgument('Invalid X-Upload-Content-Length.')
  const origin = headers.origin
  const session = service.sessions.start({
    api: 'json',
    bucket,
    name,
    metadata: { ...metadata, contentType: metadata.contentType ?? headers['x-upload-content-type'] },
    conditions,
    ...(origin !== undefined && { origin }),
    ...(expected !== undefined && { expectedBytes: Number(expected) }),
  })
  const query = new URLSearchParams({ uploadType: 'resumable', name, upload_id: session.id })
  const path = `/upload/storage/v1/b/${encodeURIComponent(bucket)}/o`
  answer(exchange, 200, { location: `${service.origin}${path}?${query}`, 'x-guploader-uploadid': session.id }, '')
}

const objectName = (exchange: Exchange, metadata: ObjectMetadata): string => {
  const name = exchange.target.parameters.get('name') ?? metadata.name ?? ''
  checkObjectName(name)
  return name
}
