import { answer, answerJson, type Exchange } from './exchange.ts'
import { jsonBody } from './json-body.ts'
import { objectMetadataSchema } from './object-metadata.ts'
import { jsonEtag, type ObjectRecord, objectResource } from './object-record.ts'
import { checkRead, checkWrite, preconditionsOfQuery } from './preconditions.ts'
import { methodNotAllowed } from './refusals.ts'
import { sendObject } from './send-object.ts'

/**
 * /b/BUCKET/o/OBJECT: GET (with alt=media, the content), PATCH, DELETE; parameter generation. Throws NoSuchKey,
 * PreconditionFailed, 304, InvalidRange. Assumed: an object that is not there is 404 even under ifGenerationMatch.
 */
export const handleObject = async (exchange: Exchange, bucket: string, name: string): Promise<void> => {
  const { service, method, target } = exchange
  const generation = target.parameters.get('generation')
  const record = service.objects.get(bucket, name, generation === undefined ? undefined : Number(generation))
  const conditions = preconditionsOfQuery(target.parameters)
  switch (method) {
    case 'GET':
    case 'HEAD':
      checkRead(conditions, record)
      if (target.parameters.get('alt') === 'media') return sendObject(exchange, record, mediaHeaders(record))
      return answerJson(exchange, 200, objectResource(record, service.origin))
    case 'PATCH': {
      checkWrite(conditions, record)
      const metadata = await jsonBody(exchange, objectMetadataSchema)
      return answerJson(
        exchange,
        200,
        objectResource(service.objects.patch(record, metadata, conditions), service.origin),
      )
    }
    case 'DELETE':
      service.objects.remove(record, conditions)
      return answer(exchange, 204, {}, '')
    default:
      throw methodNotAllowed()
  }
}

const mediaHeaders = (record: ObjectRecord): Record<string, string> => ({
  'content-type': record.contentType ?? 'application/octet-stream',
  ...(record.contentDisposition !== undefined && { 'content-disposition': record.contentDisposition }),
  ...(record.contentEncoding !== undefined && { 'content-encoding': record.contentEncoding }),
  'cache-control': record.cacheControl ?? 'no-cache, no-store, max-age=0, must-revalidate',
  'last-modified': new Date(record.updated).toUTCString(),
  etag: jsonEtag(record),
  'x-goog-generation': String(record.generation),
  'x-goog-metageneration': String(record.metageneration),
  // One line: Google's client splits it at the commas without trimming.
  'x-goog-hash': [`crc32c=${record.crc32c}`, ...(record.md5Hash === undefined ? [] : [`md5=${record.md5Hash}`])].join(),
  'x-goog-storage-class': record.storageClass,
  'x-goog-stored-content-encoding': record.contentEncoding ?? 'identity',
  'x-goog-stored-content-length': String(record.size),
})
