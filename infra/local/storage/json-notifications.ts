import { type NotificationConfig, noSuchNotification, notificationConfigSchema } from './bucket-store.ts'
import { answer, answerJson, type Exchange } from './exchange.ts'
import { jsonBody } from './json-body.ts'
import { methodNotAllowed } from './refusals.ts'

/** /b/BUCKET/notificationConfigs: GET lists, POST creates. Throws InvalidArgument for a topic that is none. */
export const handleNotificationConfigs = async (exchange: Exchange, bucket: string): Promise<void> => {
  const { buckets, origin } = exchange.service
  if (exchange.method === 'GET') {
    const items = buckets.get(bucket).notificationConfigs.map((config) => resource(config, bucket, origin))
    return answerJson(exchange, 200, { kind: 'storage#notifications', ...(items.length > 0 && { items }) })
  }
  if (exchange.method !== 'POST') throw methodNotAllowed()
  const config = await jsonBody(exchange, notificationConfigSchema)
  answerJson(exchange, 200, resource(buckets.addNotificationConfig(bucket, config), bucket, origin))
}

/** /b/BUCKET/notificationConfigs/ID: GET, DELETE. Throws 404. */
export const handleNotificationConfig = async (exchange: Exchange, bucket: string, id: string): Promise<void> => {
  const { buckets, origin } = exchange.service
  if (exchange.method === 'GET') {
    const config = buckets.get(bucket).notificationConfigs.find((candidate) => candidate.id === id)
    if (config === undefined) throw noSuchNotification()
    return answerJson(exchange, 200, resource(config, bucket, origin))
  }
  if (exchange.method !== 'DELETE') throw methodNotAllowed()
  buckets.removeNotificationConfig(bucket, id)
  answer(exchange, 204, {}, '')
}

const resource = (config: NotificationConfig, bucket: string, origin: string): Record<string, unknown> => ({
  ...config,
  kind: 'storage#notification',
  etag: config.id,
  selfLink: `${origin}/storage/v1/b/${bucket}/notificationConfigs/${config.id}`,
})
