import type { Exchange } from './exchange.ts'
import { handleBucket, handleBuckets } from './json-buckets.ts'
import { composeObject } from './json-compose.ts'
import { listObjects } from './json-list.ts'
import { handleNotificationConfig, handleNotificationConfigs } from './json-notifications.ts'
import { handleObject } from './json-objects.ts'
import { rewriteObject } from './json-rewrite.ts'
import { uploadJson } from './json-upload.ts'
import { Refusal } from './refusal.ts'
import { methodNotAllowed } from './refusals.ts'

/**
 * A request to the JSON API (reference: "Cloud Storage JSON API"), its path already cut into decoded segments after
 * /storage/v1. Requests need no Authorization: Google's client sends none to a custom endpoint. Throws 404 for a path
 * that does not exist, and the refusals of the operation.
 */
export const handleJson = async (exchange: Exchange, segments: readonly string[], isUpload: boolean): Promise<void> => {
  const [b, bucket, kind, name, action, ...target] = segments
  if (b !== 'b') throw noSuchPath()
  if (bucket === undefined) return handleBuckets(exchange)
  if (kind === undefined) return handleBucket(exchange, bucket)
  exchange.service.buckets.get(bucket)
  if (kind === 'notificationConfigs')
    return name === undefined
      ? handleNotificationConfigs(exchange, bucket)
      : handleNotificationConfig(exchange, bucket, name)
  if (kind !== 'o') throw noSuchPath()
  if (isUpload) return uploadJson(exchange, bucket)
  if (name === undefined) {
    if (exchange.method !== 'GET') throw methodNotAllowed()
    return listObjects(exchange, bucket)
  }
  if (action === undefined) return handleObject(exchange, bucket, name)
  if (exchange.method !== 'POST') throw methodNotAllowed()
  if (action === 'compose' && target.length === 0) return composeObject(exchange, bucket, name)
  const [b2, toBucket, o, toName] = target
  if ((action === 'rewriteTo' || action === 'copyTo') && b2 === 'b' && o === 'o' && toBucket && toName)
    return rewriteObject(exchange, { bucket, name }, { bucket: toBucket, name: toName }, action)
  throw noSuchPath()
}

const noSuchPath = (): Refusal =>
  new Refusal({ status: 404, code: 'NoSuchKey', reason: 'notFound', message: 'Not Found' })
