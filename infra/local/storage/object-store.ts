import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { applyMetadata, type ObjectMetadata } from './object-metadata.ts'
import { type ObjectRecord, objectFacts } from './object-record.ts'
import { checkWrite, type Preconditions } from './preconditions.ts'
import { noSuchBucket, noSuchObject } from './refusals.ts'
import { writeJsonAtomically } from './write-atomically.ts'

/** Content that lies complete in a file of its own, ready to become an object. The store takes the file over. */
export type Content = { path: string; size: number; crc32c: string; md5Hash?: string; componentCount?: number }

/** What changed in a bucket; the notifications are made from it. */
export type ObjectChange = {
  kind: 'finalized' | 'deleted' | 'metadata-updated'
  record: ObjectRecord
  /** finalized: the generation that it replaced. deleted: the one that replaced it. */
  otherGeneration?: number
}

/** The objects of all buckets: descriptions in memory and on disk, contents on disk. */
export type ObjectStore = {
  /** The live object; with a generation, only that one. Throws NoSuchBucket, NoSuchKey. */
  get(bucket: string, name: string, generation?: number): ObjectRecord
  find(bucket: string, name: string): ObjectRecord | undefined
  /** Every live object in the order of its name's UTF-8 bytes. Throws NoSuchBucket. */
  list(bucket: string): ObjectRecord[]
  /** Path of an object's content. */
  contentPath(record: ObjectRecord): string
  /** A path for content on its way in; what a crash leaves there is removed at the next start. */
  incomingPath(): string
  /** Makes content the live object. Checks the preconditions in the same step. Throws PreconditionFailed. */
  commit(
    bucket: string,
    name: string,
    content: Content,
    metadata: ObjectMetadata,
    conditions: Preconditions,
  ): ObjectRecord
  /** Changes the description and raises the metageneration. Throws NoSuchKey, PreconditionFailed. */
  patch(record: ObjectRecord, metadata: ObjectMetadata, conditions: Preconditions): ObjectRecord
  /** Throws NoSuchKey, PreconditionFailed. */
  remove(record: ObjectRecord, conditions: Preconditions): void
  addBucket(bucket: string): void
  removeBucket(bucket: string): void
}

/**
 * Opens (or creates) the store in a directory: objects/BUCKET/HASH-OF-NAME.json and contents/BUCKET/GENERATION.
 * `onChange` hears of every change, after it is on disk.
 */
export const openObjectStore = (
  directory: string,
  now: () => Date,
  onChange: (change: ObjectChange) => void,
): ObjectStore => {
  const buckets = new Map<string, Map<string, ObjectRecord>>()
  const objectsDirectory = (bucket: string): string => join(directory, 'objects', bucket)
  const contentsDirectory = (bucket: string): string => join(directory, 'contents', bucket)
  const incoming = join(directory, 'incoming')
  rmSync(incoming, { recursive: true, force: true })
  mkdirSync(incoming, { recursive: true })

  const objectsOf = (bucket: string): Map<string, ObjectRecord> => {
    const objects = buckets.get(bucket)
    if (objects === undefined) throw noSuchBucket()
    return objects
  }
  const recordPath = (record: ObjectRecord): string =>
    join(objectsDirectory(record.bucket), `${createHash('sha256').update(record.name).digest('hex')}.json`)
  const contentPath = (record: ObjectRecord): string =>
    join(contentsDirectory(record.bucket), String(record.generation))

  let lastGeneration = 0
  const nextGeneration = (at: Date): number => {
    lastGeneration = Math.max(lastGeneration + 1, at.getTime() * 1000)
    return lastGeneration
  }
  let lastIncoming = 0

  const current = (record: ObjectRecord): ObjectRecord => {
    const live = objectsOf(record.bucket).get(record.name)
    if (live?.generation !== record.generation) throw noSuchObject(record.bucket, record.name)
    return live
  }

  const load = (bucket: string): void => {
    const objects = new Map<string, ObjectRecord>()
    mkdirSync(objectsDirectory(bucket), { recursive: true })
    mkdirSync(contentsDirectory(bucket), { recursive: true })
    for (const file of readdirSync(objectsDirectory(bucket))) {
      if (!file.endsWith('.json')) continue
      const record = JSON.parse(readFileSync(join(objectsDirectory(bucket), file), 'utf8')) as ObjectRecord
      lastGeneration = Math.max(lastGeneration, record.generation)
      if (existsSync(contentPath(record))) objects.set(record.name, record)
    }
    // Contents without a description are what a crash left between two steps of a commit.
    const named = new Set([...objects.values()].map((record) => String(record.generation)))
    for (const file of readdirSync(contentsDirectory(bucket)))
      if (!named.has(file)) rmSync(join(contentsDirectory(bucket), file))
    buckets.set(bucket, objects)
  }

  return {
    get(bucket, name, generation) {
      const record = objectsOf(bucket).get(name)
      if (record === undefined || (generation !== undefined && record.generation !== generation))
        throw noSuchObject(bucket, name)
      return record
    },
    find: (bucket, name) => objectsOf(bucket).get(name),
    list: (bucket) =>
      [...objectsOf(bucket).values()].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))),
    contentPath,
    incomingPath: () => join(incoming, String(++lastIncoming)),

    commit(bucket, name, content, metadata, conditions) {
      const objects = objectsOf(bucket)
      const replaced = objects.get(name)
      checkWrite(conditions, replaced)
      const at = now()
      const { path, ...facts } = content
      const record: ObjectRecord = {
        ...applyMetadata(undefined, metadata),
        ...facts,
        bucket,
        name,
        generation: nextGeneration(at),
        metageneration: 1,
        timeCreated: at.toISOString(),
        updated: at.toISOString(),
      }
      renameSync(path, contentPath(record))
      writeJsonAtomically(recordPath(record), record)
      objects.set(name, record)
      if (replaced !== undefined) {
        // A download under way keeps its open file; the name goes at once.
        rmSync(contentPath(replaced))
        onChange({ kind: 'deleted', record: replaced, otherGeneration: record.generation })
      }
      onChange({ kind: 'finalized', record, ...(replaced && { otherGeneration: replaced.generation }) })
      return record
    },

    patch(record, metadata, conditions) {
      const before = current(record)
      checkWrite(conditions, before)
      const after: ObjectRecord = {
        ...objectFacts(before),
        ...applyMetadata(before, metadata),
        metageneration: before.metageneration + 1,
        updated: now().toISOString(),
      }
      writeJsonAtomically(recordPath(after), after)
      objectsOf(after.bucket).set(after.name, after)
      onChange({ kind: 'metadata-updated', record: after })
      return after
    },

    remove(record, conditions) {
      const live = current(record)
      checkWrite(conditions, live)
      objectsOf(live.bucket).delete(live.name)
      rmSync(recordPath(live))
      rmSync(contentPath(live))
      onChange({ kind: 'deleted', record: live })
    },

    addBucket: load,
    removeBucket(bucket) {
      buckets.delete(bucket)
      rmSync(objectsDirectory(bucket), { recursive: true, force: true })
      rmSync(contentsDirectory(bucket), { recursive: true, force: true })
    },
  }
}
