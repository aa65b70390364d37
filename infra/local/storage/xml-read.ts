import type { Exchange } from './exchange.ts'
import { xmlEtag } from './object-record.ts'
import { checkRead, preconditionsOfHeaders } from './preconditions.ts'
import { sendObject } from './send-object.ts'
import { xmlHashes } from './session-answers.ts'

/**
 * GET or HEAD of an object (XML API reference: "GET object"): parameters generation, response-content-type and
 * response-content-disposition, header Range. Throws NoSuchKey, PreconditionFailed, InvalidRange.
 */
export const readXmlObject = async (exchange: Exchange, bucket: string, name: string): Promise<void> => {
  const { parameters } = exchange.target
  const generation = parameters.get('generation')
  const record = exchange.service.objects.get(bucket, name, generation === undefined ? undefined : Number(generation))
  checkRead(preconditionsOfHeaders(exchange.headers), record)
  const disposition = parameters.get('response-content-disposition') ?? record.contentDisposition
  const custom = Object.entries(record.metadata ?? {}).map(([key, value]) => [`x-goog-meta-${key}`, value])
  await sendObject(exchange, record, {
    ...Object.fromEntries(custom),
    'content-type': parameters.get('response-content-type') ?? record.contentType ?? 'application/octet-stream',
    ...(disposition !== undefined && { 'content-disposition': disposition }),
    ...(record.contentEncoding !== undefined && { 'content-encoding': record.contentEncoding }),
    ...(record.contentLanguage !== undefined && { 'content-language': record.contentLanguage }),
    'cache-control': record.cacheControl ?? 'private, max-age=0',
    'last-modified': new Date(record.updated).toUTCString(),
    etag: xmlEtag(record),
    'x-goog-generation': String(record.generation),
    'x-goog-metageneration': String(record.metageneration),
    'x-goog-stored-content-encoding': record.contentEncoding ?? 'identity',
    'x-goog-stored-content-length': String(record.size),
    'x-goog-hash': xmlHashes(record),
    'x-goog-storage-class': record.storageClass,
  })
}
