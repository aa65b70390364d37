import { z } from 'zod'
import { subscriptionSchema } from './subscription.ts'
import { topicSchema } from './topic.ts'

const storedMessageSchema = z.object({
  id: z.string(),
  publishTime: z.string(),
  data: z.base64(),
  attributes: z.record(z.string(), z.string()),
  orderingKey: z.string(),
})

/** One line of the log: something that happened and must be known after a restart. */
export const logRecordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('topic'), topic: topicSchema }),
  z.object({ kind: z.literal('topic-deleted'), name: z.string() }),
  z.object({ kind: z.literal('subscription'), subscription: subscriptionSchema }),
  z.object({ kind: z.literal('subscription-deleted'), name: z.string() }),
  z.object({ kind: z.literal('next-id'), nextId: z.number() }),
  z.object({ kind: z.literal('message'), message: storedMessageSchema, subscriptions: z.array(z.string()) }),
  z.object({ kind: z.literal('failed'), subscription: z.string(), messageId: z.string(), failures: z.number() }),
  z.object({ kind: z.literal('acked'), subscription: z.string(), messageId: z.string() }),
])

export type LogRecord = z.infer<typeof logRecordSchema>
