import type { PubSub } from '@google-cloud/pubsub'
import type { Storage } from '@google-cloud/storage'

/** The names that infra/gcp uses, too. */
export const names = {
  project: 'reelway-local',
  uploadsBucket: 'reelway-uploads',
  outputsBucket: 'reelway-outputs',
  jobs: 'jobs',
  deadLetter: 'jobs-dead-letter',
  uploads: 'uploads',
} as const

/** What browsers may send to and read from the uploads bucket; any origin, because the local page has any port. */
const UPLOAD_CORS = {
  origin: ['*'],
  method: ['PUT', 'POST', 'GET', 'HEAD', 'OPTIONS', 'DELETE'],
  responseHeader: [
    'Content-Type',
    'Content-Range',
    'Range',
    'Location',
    'x-goog-resumable',
    'x-goog-content-length-range',
    'x-goog-if-generation-match',
    'x-goog-hash',
  ],
  maxAgeSeconds: 3600,
}

/** Makes the two buckets, with CORS and the notification of finished uploads, as far as they are missing. */
export const ensureBuckets = async (storage: Storage): Promise<void> => {
  for (const name of [names.uploadsBucket, names.outputsBucket]) {
    const bucket = storage.bucket(name)
    const [exists] = await bucket.exists()
    if (!exists) await storage.createBucket(name)
    await bucket.setCorsConfiguration([UPLOAD_CORS])
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
  for (const name of [names.jobs, names.deadLetter, names.uploads]) {
    const topic = pubsub.topic(name)
    const [exists] = await topic.exists()
    if (!exists) await topic.create()
  }
}

export type PushSettings = {
  batchUrl: string
  audience: string
  serviceAccount: string
  ackDeadlineSeconds: number
  maxDeliveryAttempts: number
  backoffSeconds: { minimum: number; maximum: number }
}

/** Makes the push subscriptions, or gives those of an earlier start today's settings and the address of batch. */
export const ensureSubscriptions = async (pubsub: PubSub, settings: PushSettings): Promise<void> => {
  const { batchUrl, audience, serviceAccount, ackDeadlineSeconds } = settings
  const deadLetterPolicy = {
    deadLetterTopic: `projects/${names.project}/topics/${names.deadLetter}`,
    maxDeliveryAttempts: settings.maxDeliveryAttempts,
  }
  for (const [name, path, extra] of [
    [names.jobs, '/pubsub/jobs', { deadLetterPolicy, ackDeadlineSeconds }],
    [names.deadLetter, '/pubsub/dead-letter', { ackDeadlineSeconds: 60 }],
    [names.uploads, '/pubsub/uploads', { ackDeadlineSeconds: 60 }],
  ] as const) {
    const wanted = {
      pushConfig: {
        pushEndpoint: `${batchUrl}${path}`,
        oidcToken: { audience, serviceAccountEmail: serviceAccount },
      },
      retryPolicy: retryPolicy(settings),
      ...extra,
    }
    const subscription = pubsub.topic(name).subscription(name)
    const [exists] = await subscription.exists()
    if (exists) await subscription.setMetadata(wanted)
    else await subscription.create({ ...wanted, expirationPolicy: {} })
  }
}

const retryPolicy = ({ backoffSeconds: { minimum, maximum } }: PushSettings) => ({
  minimumBackoff: duration(minimum),
  maximumBackoff: duration(maximum),
})

const duration = (seconds: number) => ({ seconds: Math.floor(seconds), nanos: Math.round((seconds % 1) * 1e9) })
