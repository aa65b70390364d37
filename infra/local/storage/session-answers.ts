import { answer, answerJson, type Exchange } from './exchange.ts'
import { type ObjectRecord, objectResource, xmlEtag } from './object-record.ts'
import type { Session } from './session-store.ts'

/** 308: `bytes` are kept, the rest is still to come. Without a Range header when nothing is kept (docs). */
export const answerIncomplete = (exchange: Exchange, bytes: number): void => {
  const range = bytes === 0 ? {} : { range: `bytes=0-${bytes - 1}` }
  // Clients that cannot bear a 308 ask for 200 instead; Google's Go client does.
  if (exchange.headers['x-guploader-no-308'] === 'yes')
    answer(exchange, 200, { ...range, 'x-http-status-code-override': '308' }, '')
  else answer(exchange, 308, range, '')
}

/** 200 with what the upload became: the object resource, or the headers of an XML API upload. */
export const answerFinished = (exchange: Exchange, session: Session): void => {
  const record = session.result
  if (record === undefined) throw new Error(`Session ${session.id} is finished without a result`)
  if (session.api === 'json') answerJson(exchange, 200, objectResource(record, exchange.service.origin))
  else answer(exchange, 200, uploadedHeaders(record), '')
}

/** What the XML API says of an object just uploaded. */
export const uploadedHeaders = (record: ObjectRecord): Record<string, string | string[]> => ({
  etag: xmlEtag(record),
  'x-goog-generation': String(record.generation),
  'x-goog-metageneration': String(record.metageneration),
  'x-goog-stored-content-encoding': record.contentEncoding ?? 'identity',
  'x-goog-stored-content-length': String(record.size),
  'x-goog-hash': xmlHashes(record),
})

/** x-goog-hash of the XML API: one header line for each checksum. */
export const xmlHashes = (record: ObjectRecord): string[] => [
  `crc32c=${record.crc32c}`,
  ...(record.md5Hash === undefined ? [] : [`md5=${record.md5Hash}`]),
]

/** A breach of the session protocol: plain text, as the upload front end answers. */
export const answerProtocolError = (exchange: Exchange, status: number, text: string): void =>
  answer(exchange, status, { 'content-type': 'text/plain; charset=utf-8' }, text)
