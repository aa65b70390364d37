import { z } from 'zod'
import { parseJson } from '../parse-json.ts'

/** The body of a wrapped push request (https://cloud.google.com/pubsub/docs/push#receive_push). */
export const pushEnvelope = z.object({
  message: z.object({
    messageId: z.string(),
    publishTime: z.string().optional(),
    attributes: z.record(z.string(), z.string()).default({}),
    data: z.base64().default(''),
  }),
  subscription: z.string(),
  /** only with a dead-letter policy */
  deliveryAttempt: z.int().optional(),
})

export type PushEnvelope = z.infer<typeof pushEnvelope>

/** The JSON in a message's data, read by `schema`; undefined when it is no JSON or does not fit. */
export const readMessage = <Body>(schema: z.ZodType<Body>, { message }: PushEnvelope): Body | undefined => {
  const json = parseJson(Buffer.from(message.data, 'base64').toString('utf8'))
  const parsed = schema.safeParse(json)
  return parsed.success ? parsed.data : undefined
}
