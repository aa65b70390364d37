import { setTimeout as wait } from 'node:timers/promises'
import type { NotificationConfig } from './bucket-store.ts'
import { objectResource } from './object-record.ts'
import type { ObjectChange } from './object-store.ts'

/** A Pub/Sub message as the service makes it. */
export type NotificationMessage = { data: Buffer; attributes: Record<string, string> }

/** Publishes to a topic "projects/P/topics/T". */
export type PublishNotification = (topic: string, message: NotificationMessage) => Promise<void>

/**
 * The messages that a change calls for: one for each configuration whose event types and prefix fit (docs: "Pub/Sub
 * notifications", attributes). `origin` goes into the resource's links.
 */
export const notificationsFor = (
  change: ObjectChange,
  configs: readonly NotificationConfig[],
  origin: string,
  at: Date,
): { topic: string; message: NotificationMessage }[] =>
  configs
    .filter((config) => {
      const types = config.event_types ?? []
      return (
        (types.length === 0 || types.includes(EVENT_TYPES[change.kind])) &&
        change.record.name.startsWith(config.object_name_prefix ?? '')
      )
    })
    .map((config) => ({
      topic: config.topic.replace('//pubsub.googleapis.com/', ''),
      message: {
        data:
          config.payload_format === 'NONE'
            ? Buffer.alloc(0)
            : Buffer.from(JSON.stringify(objectResource(change.record, origin))),
        attributes: attributesOf(change, config, at),
      },
    }))

const EVENT_TYPES = {
  finalized: 'OBJECT_FINALIZE',
  deleted: 'OBJECT_DELETE',
  'metadata-updated': 'OBJECT_METADATA_UPDATE',
} satisfies Record<ObjectChange['kind'], string>

const attributesOf = (change: ObjectChange, config: NotificationConfig, at: Date): Record<string, string> => {
  const { record, kind, otherGeneration } = change
  return {
    ...config.custom_attributes,
    notificationConfig: `projects/_/buckets/${record.bucket}/notificationConfigs/${config.id}`,
    eventType: EVENT_TYPES[kind],
    payloadFormat: config.payload_format,
    bucketId: record.bucket,
    objectId: record.name,
    objectGeneration: String(record.generation),
    eventTime: at.toISOString(),
    ...(otherGeneration !== undefined && {
      [kind === 'deleted' ? 'overwrittenByGeneration' : 'overwroteGeneration']: String(otherGeneration),
    }),
  }
}

/** Sends messages in the background, each until it is taken or its attempts are used up. */
export type Notifier = {
  send(topic: string, message: NotificationMessage): void
  /** Gives up what waits for another attempt, and resolves when nothing is under way. */
  close(): Promise<void>
}

/**
 * Starts a notifier. A message that cannot be published is tried again five times with growing pauses and then given
 * up with a line on stderr: it never disturbs the upload that caused it.
 */
export const startNotifier = (publish: PublishNotification): Notifier => {
  const underWay = new Set<Promise<void>>()
  const closing = new AbortController()
  return {
    send(topic, message) {
      const sending = sendPatiently(publish, topic, message, closing.signal).finally(() => underWay.delete(sending))
      underWay.add(sending)
    },
    async close() {
      closing.abort()
      await Promise.all(underWay)
    },
  }
}

// Together about 10 s: a local Pub/Sub that restarts is back by then.
const PAUSES_MS = [100, 300, 1000, 3000, 6000]

const sendPatiently = async (
  publish: PublishNotification,
  topic: string,
  message: NotificationMessage,
  closing: AbortSignal,
): Promise<void> => {
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      await publish(topic, message)
      return
    } catch (cause) {
      if (pause === undefined || closing.aborted) {
        const reason = cause instanceof Error ? cause.message : String(cause)
        process.stderr.write(
          `storage: notification of ${message.attributes.objectId} to ${topic} given up: ${reason}\n`,
        )
        return
      }
      // The pause ends early when the server closes; the next attempt is then the last.
      await Promise.race([wait(pause, undefined, { ref: false }), aborted(closing)])
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
