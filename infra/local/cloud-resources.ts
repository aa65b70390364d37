import { readFile } from 'node:fs/promises'
import type { PubSub } from '@google-cloud/pubsub'
import type { Storage } from '@google-cloud/storage'
import { z } from 'zod'
import { gcpNames } from './gcp-names.ts'
import { readSubscriptionFiles, type SubscriptionFile } from './subscription-files.ts'

/** Topics and subscriptions have the names that they have on Google Cloud. */
export const names = {
  project: 'reelway-local',
  uploadsBucket: 'reelway-uploads',
  outputsBucket: 'reelway-outputs',
  jobs: 'jobs',
  jobsCandidate: 'jobs-candidate',
  deadLetter: 'jobs-dead-letter',
  uploads: 'uploads',
} as const

export const PUSH_AUDIENCE = gcpNames.PUSH_AUDIENCE
const ACCOUNT_DOMAIN = `${names.project}.iam.gserviceaccount.com`
export const PUSH_SERVICE_ACCOUNT = `${gcpNames.PUSH_ACCOUNT}@${ACCOUNT_DOMAIN}`
export const SCHEDULER_SERVICE_ACCOUNT = `${gcpNames.SCHEDULER_ACCOUNT}@${ACCOUNT_DOMAIN}`

/** What infra/gcp/cors.json lets browsers send to and read from the buckets; any origin, because the local page has any port. */
const corsRules = async (): Promise<Cors[]> => {
  const text = await readFile(new URL('../gcp/cors.json', import.meta.url), 'utf8')
  return corsFile.parse(JSON.parse(text.replace(/\$\{WEB_ORIGINS\}/, '*')))
}
const corsFile = z.array(
  z.strictObject({
    origin: z.array(z.string()),
    method: z.array(z.string()),
    responseHeader: z.array(z.string()),
    maxAgeSeconds: z.int(),
  }),
)
type Cors = z.infer<typeof corsFile>[number]

/** Makes the two buckets, with CORS and the notification of finished uploads, as far as they are missing. */
export const ensureBuckets = async (storage: Storage): Promise<void> => {
  const cors = await corsRules()
  for (const name of [names.uploadsBucket, names.outputsBucket]) {
    const bucket = storage.bucket(name)
    const [exists] = await bucket.exists()
    if (!exists) await storage.createBucket(name)
    await bucket.setCorsConfiguration(cors)
  }
  const uploads = storage.bucket(names.uploadsBucket)
  const [notifications] = await uploads.getNotifications()
  if (notifications.length > 0) return
  await uploads.createNotification(`projects/${names.project}/topics/${names.uploads}`, {
    eventTypes: ['OBJECT_FINALIZE'],
    payloadFormat: 'JSON_API_V1',
  })
}

/** Makes the topics, before anything publishes to them. */
export const ensureTopics = async (pubsub: PubSub): Promise<void> => {
  for (const name of [names.jobs, names.jobsCandidate, names.deadLetter, names.uploads]) {
    const topic = pubsub.topic(name)
    const [exists] = await topic.exists()
    if (!exists) await topic.create()
  }
}

/** What may differ from infra/gcp/pubsub: so that tests need not wait. */
export type PushSettings = {
  ackDeadlineSeconds?: number
  maxDeliveryAttempts?: number
  backoffSeconds?: { minimum: number; maximum: number }
}

/**
 * The push subscriptions of infra/gcp/pubsub, with `batchUrl` as batch's address and `settings` in the place of what the files say.
 */
export const localSubscriptions = async (batchUrl: string, settings: PushSettings): Promise<SubscriptionFile[]> => {
  const files = await readSubscriptionFiles({
    BATCH_URL: batchUrl,
    CANDIDATE_BATCH_URL: batchUrl,
    PUSH_ACCOUNT: gcpNames.PUSH_ACCOUNT,
    PUSH_AUDIENCE,
    ACCOUNT_DOMAIN,
  })
  return files.map((file) => ({
    ...file,
    ackDeadlineSeconds: settings.ackDeadlineSeconds ?? file.ackDeadlineSeconds,
    retrySeconds: settings.backoffSeconds ?? file.retrySeconds,
    deadLetter: file.deadLetter && {
      ...file.deadLetter,
      maxDeliveryAttempts: settings.maxDeliveryAttempts ?? file.deadLetter.maxDeliveryAttempts,
    },
  }))
}

/** Makes the push subscriptions, or gives those of an earlier start today's settings and the address of batch. */
export const ensureSubscriptions = async (pubsub: PubSub, subscriptions: SubscriptionFile[]): Promise<void> => {
  for (const { name, topic, push, ackDeadlineSeconds, retrySeconds, retentionSeconds, deadLetter } of subscriptions) {
    const wanted = {
      pushConfig: {
        pushEndpoint: push.endpoint,
        oidcToken: { audience: push.audience, serviceAccountEmail: push.serviceAccount },
      },
      ackDeadlineSeconds,
      retryPolicy: {
        minimumBackoff: duration(retrySeconds.minimum),
        maximumBackoff: duration(retrySeconds.maximum),
      },
      messageRetentionDuration: duration(retentionSeconds),
      ...(deadLetter && {
        deadLetterPolicy: {
          deadLetterTopic: `projects/${names.project}/topics/${deadLetter.topic}`,
          maxDeliveryAttempts: deadLetter.maxDeliveryAttempts,
        },
      }),
    }
    const subscription = pubsub.topic(topic).subscription(name)
    const [exists] = await subscription.exists()
    if (exists) await subscription.setMetadata(wanted)
    else await subscription.create({ ...wanted, expirationPolicy: {} })
  }
}

const duration = (seconds: number) => ({ seconds: Math.floor(seconds), nanos: Math.round((seconds % 1) * 1e9) })
