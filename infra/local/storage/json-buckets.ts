import { type BucketRecord, bucketMetadataSchema } from './bucket-store.ts'
import { answer, answerJson, type Exchange } from './exchange.ts'
import { jsonBody } from './json-body.ts'
import { Refusal } from './refusal.ts'
import { invalidArgument, methodNotAllowed } from './refusals.ts'

/** /b: GET lists the buckets, POST creates one. Throws BucketAlreadyOwnedByYou (409), InvalidBucketName (400). */
export const handleBuckets = async (exchange: Exchange): Promise<void> => {
  const { service, method } = exchange
  if (method === 'GET') {
    const items = service.buckets.list().map((record) => bucketResource(record, service.origin))
    return answerJson(exchange, 200, { kind: 'storage#buckets', items })
  }
  if (method !== 'POST') throw methodNotAllowed()
  const metadata = await jsonBody(exchange, bucketMetadataSchema)
  if (metadata.name === undefined) throw invalidArgument('A bucket needs a name.')
  const record = service.buckets.create(metadata.name, metadata)
  service.objects.addBucket(record.name)
  answerJson(exchange, 200, bucketResource(record, service.origin))
}

/** /b/BUCKET: GET, PATCH (cors, lifecycle, labels…), DELETE (only when empty: 409). Throws NoSuchBucket (404). */
export const handleBucket = async (exchange: Exchange, name: string): Promise<void> => {
  const { service, method } = exchange
  const record = service.buckets.get(name)
  if (method === 'GET') return answerJson(exchange, 200, bucketResource(record, service.origin))
  if (method === 'PATCH') {
    const metadata = await jsonBody(exchange, bucketMetadataSchema)
    return answerJson(exchange, 200, bucketResource(service.buckets.patch(name, metadata), service.origin))
  }
  if (method !== 'DELETE') throw methodNotAllowed()
  if (service.objects.list(name).length > 0) throw bucketNotEmpty()
  service.buckets.remove(name)
  service.objects.removeBucket(name)
  answer(exchange, 204, {}, '')
}

// Google's client throws outside any try when an item of a list has no id.
const bucketResource = (record: BucketRecord, origin: string): Record<string, unknown> => ({
  location: 'US',
  storageClass: 'STANDARD',
  ...record.settings,
  kind: 'storage#bucket',
  id: record.name,
  name: record.name,
  selfLink: `${origin}/storage/v1/b/${record.name}`,
  metageneration: String(record.metageneration),
  etag: Buffer.from(String(record.metageneration)).toString('base64'),
  timeCreated: record.timeCreated,
  updated: record.updated,
  ...(record.cors.length > 0 && { cors: record.cors }),
})

const bucketNotEmpty = (): Refusal =>
  new Refusal({
    status: 409,
    code: 'BucketNotEmpty',
    reason: 'conflict',
    message: 'The bucket you tried to delete is not empty.',
  })
