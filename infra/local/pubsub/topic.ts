import { z } from 'zod'
import { durationSchema } from './duration.ts'
import { checkTopicName } from './resource-name.ts'
import { unimplemented } from './rpc-error.ts'

/** google.pubsub.v1.Topic, the part of it that this server keeps. */
export const topicSchema = z.object({
  name: z.string().default(''),
  labels: z.record(z.string(), z.string()).default({}),
  messageRetentionDuration: durationSchema.optional(),
  kmsKeyName: z.string().default(''),
  schemaSettings: z.unknown().optional(),
  ingestionDataSourceSettings: z.unknown().optional(),
  messageTransforms: z.array(z.unknown()).default([]),
})

export type Topic = z.infer<typeof topicSchema>

/** Fields that UpdateTopic may change. */
export const MUTABLE_TOPIC_FIELDS = ['labels', 'messageRetentionDuration'] as const satisfies (keyof Topic)[]

/** The topic as it will be kept. Throws INVALID_ARGUMENT for a bad name, UNIMPLEMENTED for what this server would ignore. */
export const checkTopic = (topic: Topic): Topic => {
  checkTopicName(topic.name)
  if (topic.kmsKeyName !== '') throw unimplemented('customer-managed encryption keys')
  if (topic.schemaSettings) throw unimplemented('schemas')
  if (topic.ingestionDataSourceSettings) throw unimplemented('ingestion')
  if (topic.messageTransforms.length > 0) throw unimplemented('message transforms')
  return topic
}
