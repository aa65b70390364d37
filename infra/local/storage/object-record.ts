import type { DescriptiveFields } from './object-metadata.ts'

/** One live object as kept on disk and in memory. */
export type ObjectRecord = DescriptiveFields & ObjectFacts

/** What is not the client's to describe. */
export type ObjectFacts = {
  bucket: string
  name: string
  /** Microseconds since the epoch, unique and increasing, as the service's are. */
  generation: number
  metageneration: number
  /** Bytes. */
  size: number
  /** Base64, big-endian. */
  crc32c: string
  /** Base64. A composed object has none (docs: "Composite objects"). */
  md5Hash?: string
  componentCount?: number
  /** RFC 3339. */
  timeCreated: string
  updated: string
}

/** The object resource of the JSON API (reference: "Objects"), served from `origin` (scheme, host, port). */
export const objectResource = (record: ObjectRecord, origin: string): Record<string, unknown> => {
  const { bucket, name, generation, metageneration, size, timeCreated, updated, ...rest } = record
  const link = `/storage/v1/b/${encodeURIComponent(bucket)}/o/${encodeURIComponent(name)}`
  return {
    kind: 'storage#object',
    id: `${bucket}/${name}/${generation}`,
    selfLink: `${origin}${link}`,
    mediaLink: `${origin}/download${link}?generation=${generation}&alt=media`,
    name,
    bucket,
    generation: String(generation),
    metageneration: String(metageneration),
    size: String(size),
    etag: jsonEtag(record),
    timeCreated,
    updated,
    timeFinalized: timeCreated,
    timeStorageClassUpdated: timeCreated,
    ...rest,
  }
}

/** An object without its descriptive fields. */
export const objectFacts = (record: ObjectRecord): ObjectFacts => ({
  bucket: record.bucket,
  name: record.name,
  generation: record.generation,
  metageneration: record.metageneration,
  size: record.size,
  crc32c: record.crc32c,
  ...(record.md5Hash !== undefined && { md5Hash: record.md5Hash }),
  ...(record.componentCount !== undefined && { componentCount: record.componentCount }),
  timeCreated: record.timeCreated,
  updated: record.updated,
})

/** The JSON API's ETag: opaque, changes with generation and metageneration. */
export const jsonEtag = (record: ObjectRecord): string =>
  Buffer.from(`${record.generation}/${record.metageneration}`).toString('base64')

/** The XML API's ETag: the quoted hexadecimal MD5, or an opaque value for a composed object (docs: "Hashes and ETags"). */
export const xmlEtag = (record: ObjectRecord): string =>
  record.md5Hash === undefined ? `"${jsonEtag(record)}"` : `"${Buffer.from(record.md5Hash, 'base64').toString('hex')}"`
