import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from './refusal.ts'
import { noSuchBucket } from './refusals.ts'
import { writeJsonAtomically } from './write-atomically.ts'

/** One entry of a bucket's cors (JSON API reference, "Buckets": cors[]). */
export const corsRuleSchema = z.object({
  origin: z.array(z.string()).default([]),
  method: z.array(z.string()).default([]),
  responseHeader: z.array(z.string()).default([]),
  maxAgeSeconds: z.number().int().optional(),
})
export type CorsRule = z.infer<typeof corsRuleSchema>

/** What a client may set on a bucket. cors, lifecycle and the like are kept; only cors has an effect here. */
export const bucketMetadataSchema = z.looseObject({
  name: z.string().optional(),
  cors: z.array(corsRuleSchema).nullish(),
})

/** A bucket's notification configuration (JSON API reference, "Notifications"). */
export const notificationConfigSchema = z.looseObject({
  topic: z.string().regex(/^\/\/pubsub\.googleapis\.com\/projects\/[^/]+\/topics\/[^/]+$/),
  event_types: z.array(z.string()).optional(),
  custom_attributes: z.record(z.string(), z.string()).optional(),
  object_name_prefix: z.string().optional(),
  payload_format: z.enum(['JSON_API_V1', 'NONE']).default('JSON_API_V1'),
})
export type NotificationConfig = z.infer<typeof notificationConfigSchema> & { id: string }

export type BucketRecord = {
  name: string
  metageneration: number
  timeCreated: string
  updated: string
  cors: CorsRule[]
  /** Other fields as the client set them: lifecycle, labels, location… */
  settings: Record<string, unknown>
  notificationConfigs: NotificationConfig[]
  lastNotificationId: number
}

/** The buckets, in memory and each in a file. */
export type BucketStore = {
  /** Throws NoSuchBucket. */
  get(name: string): BucketRecord
  list(): BucketRecord[]
  /** Throws BucketAlreadyOwnedByYou (409), InvalidBucketName (400). */
  create(name: string, metadata: z.infer<typeof bucketMetadataSchema>): BucketRecord
  /** A field set to null is removed. Raises the metageneration. Throws NoSuchBucket. */
  patch(name: string, metadata: z.infer<typeof bucketMetadataSchema>): BucketRecord
  remove(name: string): void
  addNotificationConfig(name: string, config: z.infer<typeof notificationConfigSchema>): NotificationConfig
  /** Throws 404 when there is no such configuration. */
  removeNotificationConfig(name: string, id: string): void
}

/** Opens (or creates) the buckets of a directory. */
export const openBucketStore = (directory: string, now: () => Date): BucketStore => {
  const home = join(directory, 'buckets')
  mkdirSync(home, { recursive: true })
  const files = readdirSync(home).filter((file) => file.endsWith('.json'))
  const buckets = new Map(
    files.map((file) => {
      const record = JSON.parse(readFileSync(join(home, file), 'utf8')) as BucketRecord
      return [record.name, record]
    }),
  )
  const get = (name: string): BucketRecord => {
    const record = buckets.get(name)
    if (record === undefined) throw noSuchBucket()
    return record
  }
  const keep = (record: BucketRecord): BucketRecord => {
    writeJsonAtomically(join(home, `${record.name}.json`), record)
    buckets.set(record.name, record)
    return record
  }
  return {
    get,
    list: () => [...buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    create(name, metadata) {
      // Docs: "Bucket naming". A name is also a file's name here, so this is what keeps it inside the directory.
      if (!/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(name) || name.includes('..')) throw invalidBucketName(name)
      if (buckets.has(name)) throw bucketExists()
      const at = now().toISOString()
      return keep({
        ...applyBucketMetadata({ cors: [], settings: {} }, metadata),
        name,
        metageneration: 1,
        timeCreated: at,
        updated: at,
        notificationConfigs: [],
        lastNotificationId: 0,
      })
    },
    patch(name, metadata) {
      const before = get(name)
      return keep({
        ...before,
        ...applyBucketMetadata(before, metadata),
        metageneration: before.metageneration + 1,
        updated: now().toISOString(),
      })
    },
    remove(name) {
      get(name)
      rmSync(join(home, `${name}.json`))
      buckets.delete(name)
    },
    addNotificationConfig(name, config) {
      const before = get(name)
      const added = { ...config, id: String(before.lastNotificationId + 1) }
      keep({
        ...before,
        notificationConfigs: [...before.notificationConfigs, added],
        lastNotificationId: before.lastNotificationId + 1,
      })
      return added
    },
    removeNotificationConfig(name, id) {
      const before = get(name)
      const notificationConfigs = before.notificationConfigs.filter((config) => config.id !== id)
      if (notificationConfigs.length === before.notificationConfigs.length) throw noSuchNotification()
      keep({ ...before, notificationConfigs })
    },
  }
}

/** 404 for a notification configuration that does not exist. */
export const noSuchNotification = (): Refusal =>
  new Refusal({ status: 404, code: 'NoSuchKey', reason: 'notFound', message: 'Notification not found' })

const applyBucketMetadata = (
  before: Pick<BucketRecord, 'cors' | 'settings'>,
  { cors, name: _, ...settings }: z.infer<typeof bucketMetadataSchema>,
): Pick<BucketRecord, 'cors' | 'settings'> => ({
  cors: cors === undefined ? before.cors : (cors ?? []),
  settings: Object.fromEntries(
    Object.entries({ ...before.settings, ...settings }).filter(([, value]) => value !== null),
  ),
})

const bucketExists = (): Refusal =>
  new Refusal({
    status: 409,
    code: 'BucketAlreadyOwnedByYou',
    reason: 'conflict',
    message: 'Your previous request to create the named bucket succeeded and you already own it.',
  })

const invalidBucketName = (name: string): Refusal =>
  new Refusal({
    status: 400,
    code: 'InvalidBucketName',
    reason: 'invalid',
    message: `Invalid bucket name: '${name}'`,
  })
