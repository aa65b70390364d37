import { answerJson, type Exchange } from './exchange.ts'
import { type ObjectRecord, objectResource } from './object-record.ts'
import { invalidArgument } from './refusals.ts'

/**
 * GET /b/BUCKET/o (JSON API reference: "Objects: list"): prefix, delimiter, startOffset, endOffset, maxResults (1000 at
 * most, items and prefixes together), pageToken. Throws InvalidArgument.
 */
export const listObjects = (exchange: Exchange, bucket: string): void => {
  const { parameters } = exchange.target
  const { objects, origin } = exchange.service
  const prefix = parameters.get('prefix') ?? ''
  const delimiter = parameters.get('delimiter') ?? ''
  const limit = Number(parameters.get('maxResults') ?? MAX_RESULTS)
  if (!Number.isInteger(limit) || limit < 1) throw invalidArgument('Invalid maxResults.')
  const from = parameters.get('startOffset') ?? ''
  const to = parameters.get('endOffset')
  const after = parameters.get('pageToken')
  const last = after === undefined ? undefined : Buffer.from(after, 'base64url').toString('utf8')

  const entries = new Map<string, ObjectRecord | 'prefix'>()
  let more = false
  for (const record of objects.list(bucket)) {
    if (!record.name.startsWith(prefix) || isBefore(record.name, from)) continue
    if (to !== undefined && to !== '' && !isBefore(record.name, to)) break
    const cut = delimiter === '' ? -1 : record.name.indexOf(delimiter, prefix.length)
    const entry = cut === -1 ? record.name : record.name.slice(0, cut + delimiter.length)
    if (last !== undefined && !isBefore(last, entry)) continue
    if (entries.has(entry)) continue
    if (entries.size === Math.min(limit, MAX_RESULTS)) {
      more = true
      break
    }
    entries.set(entry, cut === -1 ? record : 'prefix')
  }
  const prefixes = [...entries].filter(([, value]) => value === 'prefix').map(([entry]) => entry)
  const items = [...entries.values()].filter((value) => value !== 'prefix')
  const lastEntry = [...entries.keys()].at(-1)
  answerJson(exchange, 200, {
    kind: 'storage#objects',
    ...(items.length > 0 && { items: items.map((record) => objectResource(record, origin)) }),
    ...(prefixes.length > 0 && { prefixes }),
    ...(more && lastEntry !== undefined && { nextPageToken: Buffer.from(lastEntry).toString('base64url') }),
  })
}

const MAX_RESULTS = 1000

// The service orders names by their UTF-8 bytes, which is not the order of JavaScript strings.
const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0
