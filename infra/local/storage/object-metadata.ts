import { z } from 'zod'

const text = z.string().nullish()

/** What a client may say about an object: the writable fields of the JSON API's object resource. Others are ignored. */
export const objectMetadataSchema = z.object({
  name: text,
  contentType: text,
  cacheControl: text,
  contentDisposition: text,
  contentEncoding: text,
  contentLanguage: text,
  customTime: text,
  storageClass: text,
  metadata: z.record(z.string(), z.string().nullable()).nullish(),
  /** Only on upload: what the content must sum to. */
  md5Hash: text,
  crc32c: text,
})

export type ObjectMetadata = z.infer<typeof objectMetadataSchema>

/** The descriptive fields of a stored object: no nulls, custom metadata flat. */
export type DescriptiveFields = {
  contentType?: string
  cacheControl?: string
  contentDisposition?: string
  contentEncoding?: string
  contentLanguage?: string
  customTime?: string
  storageClass: string
  metadata?: Record<string, string>
}

/**
 * Applies a patch (JSON API docs, "Objects: patch"): a field that is null is removed, one that is absent stays, custom
 * metadata is merged key by key. An upload is a patch of nothing.
 */
export const applyMetadata = (
  before: DescriptiveFields = { storageClass: 'STANDARD' },
  patch: ObjectMetadata = {},
): DescriptiveFields => {
  const after: DescriptiveFields = { storageClass: patch.storageClass ?? before.storageClass }
  for (const field of TEXT_FIELDS) {
    const value = patch[field] === undefined ? before[field] : patch[field]
    if (value !== null && value !== undefined) after[field] = value
  }
  const metadata = mergeCustom(before.metadata, patch.metadata)
  if (metadata !== undefined) after.metadata = metadata
  return after
}

const TEXT_FIELDS = [
  'contentType',
  'cacheControl',
  'contentDisposition',
  'contentEncoding',
  'contentLanguage',
  'customTime',
] as const

const mergeCustom = (
  before: Record<string, string> | undefined,
  patch: ObjectMetadata['metadata'],
): Record<string, string> | undefined => {
  if (patch === null) return undefined
  if (patch === undefined) return before
  const merged = Object.entries({ ...before, ...patch }).filter((pair): pair is [string, string] => pair[1] !== null)
  return merged.length === 0 ? undefined : Object.fromEntries(merged)
}
