import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const folder = new URL('../gcp/pubsub/', import.meta.url)

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** A duration as gcloud takes it, such as 10s or 7d, in seconds. */
const seconds = z
  .string()
  .regex(/^\d+[smhd]$/, 'must be a duration such as 10s or 7d')
  .transform((text) => Number(text.slice(0, -1)) * UNIT_SECONDS[z.enum(['s', 'm', 'h', 'd']).parse(text.at(-1))])

// Strict: a flag that the local Pub/Sub would not be told of is an error, and not a silent difference.
const flags = z
  .strictObject({
    '--topic': z.string(),
    '--push-endpoint': z.url(),
    '--push-auth-service-account': z.email(),
    '--push-auth-token-audience': z.string(),
    '--ack-deadline': z.int().min(10).max(600),
    '--min-retry-delay': seconds,
    '--max-retry-delay': seconds,
    '--dead-letter-topic': z.string().optional(),
    '--max-delivery-attempts': z.int().min(5).max(100).default(5),
    '--message-retention-duration': seconds,
    '--expiration-period': z.literal('never'),
  })
  .transform((given) => ({
    topic: given['--topic'],
    push: {
      endpoint: given['--push-endpoint'],
      serviceAccount: given['--push-auth-service-account'],
      audience: given['--push-auth-token-audience'],
    },
    ackDeadlineSeconds: given['--ack-deadline'],
    retrySeconds: { minimum: given['--min-retry-delay'], maximum: given['--max-retry-delay'] },
    retentionSeconds: given['--message-retention-duration'],
    deadLetter: given['--dead-letter-topic'] && {
      topic: given['--dead-letter-topic'],
      maxDeliveryAttempts: given['--max-delivery-attempts'],
    },
  }))

/** A push subscription as infra/gcp/pubsub describes it. Times are in seconds. */
export type SubscriptionFile = z.output<typeof flags> & { name: string }

/**
 * Reads the subscriptions that infra/gcp/setup.sh asks Google Cloud for: one file each, named after it, with the flags of gcloud
 * (https://cloud.google.com/sdk/gcloud/reference/topic/flags-file). `values` are what the files' ${NAMES} stand for. Throws what is
 * wrong with a file.
 */
export const readSubscriptionFiles = async (values: Record<string, string>): Promise<SubscriptionFile[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort()
  return Promise.all(files.map((file) => readSubscriptionFile(file, values)))
}

const readSubscriptionFile = async (file: string, values: Record<string, string>): Promise<SubscriptionFile> => {
  const text = await readFile(new URL(file, folder), 'utf8')
  const parsed = flags.safeParse(
    parse(text.replace(/\$\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder)),
  )
  if (!parsed.success) throw new Error(`infra/gcp/pubsub/${file}: ${z.prettifyError(parsed.error)}`)
  return { name: basename(file, '.yaml'), ...parsed.data }
}
