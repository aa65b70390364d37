import { answer, type Exchange } from './exchange.ts'
import { checkObjectName } from './object-name.ts'
import { preconditionsOfHeaders } from './preconditions.ts'
import { Refusal } from './refusal.ts'
import { methodNotAllowed } from './refusals.ts'
import { verifySignature } from './signature.ts'
import { isSignedQuery } from './signed-query.ts'
import { readXmlObject } from './xml-read.ts'
import { startXmlSession } from './xml-start-session.ts'
import { writeXmlObject } from './xml-write.ts'

/** Bucket and object of an XML API path, decoded. */
export type XmlPath = { bucket: string; name: string }

/**
 * A request to /BUCKET/OBJECT of the XML API. It must carry a valid V4 signature in its query. Throws AccessDenied
 * when there is none, what verifySignature finds, and the refusals of the operation.
 */
export const handleXml = async (exchange: Exchange, { bucket, name }: XmlPath): Promise<void> => {
  const { service, method, target, headers } = exchange
  if (!isSignedQuery(target.query)) throw anonymous(bucket, name)
  const refusal = verifySignature(
    { method, path: target.path, query: target.query, headers },
    service.signers,
    service.now(),
  )
  if (refusal !== undefined) throw refusal
  service.buckets.get(bucket)
  checkObjectName(name)
  switch (method) {
    case 'GET':
    case 'HEAD':
      return readXmlObject(exchange, bucket, name)
    case 'PUT':
      return writeXmlObject(exchange, bucket, name)
    case 'POST':
      return startXmlSession(exchange, bucket, name)
    case 'DELETE':
      return removeObject(exchange, bucket, name)
    default:
      throw methodNotAllowed()
  }
}

const removeObject = (exchange: Exchange, bucket: string, name: string): void => {
  const { objects } = exchange.service
  const generation = exchange.target.parameters.get('generation')
  const record = objects.get(bucket, name, generation === undefined ? undefined : Number(generation))
  objects.remove(record, preconditionsOfHeaders(exchange.headers))
  answer(exchange, 204, {}, '')
}

const anonymous = (bucket: string, name: string): Refusal =>
  new Refusal({
    status: 403,
    code: 'AccessDenied',
    reason: 'forbidden',
    message: 'Access denied.',
    details: `Anonymous caller does not have storage.objects.get access to ${bucket}/${name}.`,
  })
