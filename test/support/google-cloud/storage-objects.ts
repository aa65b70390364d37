import { createHash } from 'node:crypto'
import { type Api, type Call, RawAnswer } from './api.ts'
import { type JsonObject, merged, parseJsonObject, textAt } from './json.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { bucketKey } from './storage.ts'
import { find, get, put, remove, type World } from './world.ts'

const objectKey = (world: World, bucket = '', name = '') => `${bucketKey(world, bucket)}/o/${encodeURIComponent(name)}`

const getObject = (world: World, bucket = '', name = ''): JsonObject => {
  const found = find(world, objectKey(world, bucket, name))
  if (found === undefined) throw notFound(`No such object: ${bucket}/${name}`)
  return found
}

/** Preconditions: ifGenerationMatch=0 means that there must be none. */
const store = (call: Call, bucket: string, name: string, metadata: JsonObject, bytes: Buffer): JsonObject => {
  const { world, query } = call
  const key = objectKey(world, bucket, name)
  const wanted = query.ifGenerationMatch
  if (wanted !== undefined && wanted !== textAt(find(world, key) ?? { generation: '0' }, 'generation')) {
    throw new Refusal(412, 'At least one of the pre-conditions you specified did not hold.')
  }
  const generation = String(1_700_000_000_000_000 + world.nextNumber())
  world.contents.set(key, bytes)
  return put(world, key, {
    kind: 'storage#object',
    id: `${bucket}/${name}/${generation}`,
    contentType: 'application/octet-stream',
    storageClass: 'STANDARD',
    ...metadata,
    name,
    bucket,
    generation,
    metageneration: '1',
    etag: generation,
    size: String(bytes.length),
    md5Hash: createHash('md5').update(bytes).digest('base64'),
    timeCreated: new Date().toISOString(),
    updated: new Date().toISOString(),
  })
}

/** multipart/related: the metadata as JSON, then the bytes (RFC 2387). */
const uploadMultipart = (call: Call): JsonObject => {
  const boundary = /boundary=["']?([^"';]+)/.exec(call.headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) throw invalid('The boundary is missing.')
  const [, first = '', second = ''] = call.bytes.toString('latin1').split(`--${boundary}`)
  const metadata = parseJsonObject(Buffer.from(contentOf(first), 'latin1').toString())
  const type = /^content-type: *(\S+)/im.exec(second)?.[1]
  const typed = type === undefined ? metadata : { contentType: type, ...metadata }
  return store(
    call,
    call.params.bucket ?? '',
    textAt(metadata, 'name'),
    typed,
    Buffer.from(contentOf(second), 'latin1'),
  )
}

const contentOf = (part: string): string =>
  part
    .slice(part.search(/\r?\n\r?\n/))
    .replace(/^\r?\n\r?\n/, '')
    .replace(/\r?\n$/, '')

const upload = (call: Call): JsonObject | RawAnswer => {
  const { query, params, bytes, host, world } = call
  if (query.uploadType === 'media') return store(call, params.bucket ?? '', query.name ?? '', {}, bytes)
  if (query.uploadType === 'multipart') return uploadMultipart(call)
  const session = `${world.nextNumber()}`
  put(world, `//storage.googleapis.com/uploads/${session}`, {
    ...parseJsonObject(bytes.toString()),
    bucket: params.bucket,
  })
  const location = `https://${host}/upload/storage/v1/b/${params.bucket}/o?uploadType=resumable&upload_id=${session}`
  return new RawAnswer(200, { location })
}

const finishUpload = (call: Call): JsonObject => {
  const metadata = remove(call.world, `//storage.googleapis.com/uploads/${call.query.upload_id}`)
  return store(call, call.params.bucket ?? '', textAt(metadata, 'name'), metadata, call.bytes)
}

const rewrite = (call: Call): JsonObject => {
  const { world, params } = call
  const source = getObject(world, params.bucket, params.object)
  const bytes = world.contents.get(objectKey(world, params.bucket, params.object)) ?? Buffer.alloc(0)
  const resource = store(call, params.toBucket ?? '', params.toObject ?? '', { ...source, ...call.body }, bytes)
  const size = String(bytes.length)
  return { kind: 'storage#rewriteResponse', done: true, totalBytesRewritten: size, objectSize: size, resource }
}

const listObjects = ({ world, params, query: { prefix = '', delimiter } }: Call): JsonObject => {
  const below = `${bucketKey(world, params.bucket ?? '')}/o/`
  const objects = [...world.resources].flatMap(([key, it]) => (key.startsWith(below) ? [it] : []))
  const items: JsonObject[] = []
  const prefixes = new Set<string>()
  for (const object of objects.filter((it) => textAt(it, 'name').startsWith(prefix))) {
    const rest = textAt(object, 'name').slice(prefix.length)
    if (delimiter !== undefined && rest.includes(delimiter))
      prefixes.add(`${prefix}${rest.split(delimiter)[0]}${delimiter}`)
    else items.push(object)
  }
  return { kind: 'storage#objects', items, prefixes: [...prefixes] }
}

const read = ({ world, params, query }: Call): JsonObject | RawAnswer => {
  const resource = getObject(world, params.bucket, params.object)
  if (query.alt !== 'media') return resource
  const bytes = world.contents.get(objectKey(world, params.bucket, params.object)) ?? Buffer.alloc(0)
  return new RawAnswer(200, { 'content-type': textAt(resource, 'contentType') }, bytes)
}

const objects = '/storage/v1/b/{bucket}/o'

/** As far as gcloud's cp, mv, cat, ls and rm of small objects need it. */
export const storageObjects: Api = {
  service: 'storage.googleapis.com',
  routes: {
    'GET /storage/v1/b/{bucket}/storageLayout': ({ world, params }) => ({
      kind: 'storage#storageLayout',
      bucket: params.bucket,
      location: textAt(get(world, bucketKey(world, params.bucket ?? '')), 'location'),
      hierarchicalNamespace: { enabled: false },
    }),
    'GET /storage/v1/b/{bucket}/managedFolders': () => ({ kind: 'storage#managedFolders', items: [] }),
    [`GET ${objects}`]: listObjects,
    [`GET ${objects}/{object}`]: read,
    'GET /download/storage/v1/b/{bucket}/o/{object}': read,
    [`PATCH ${objects}/{object}`]: ({ world, params, body }) =>
      put(
        world,
        objectKey(world, params.bucket, params.object),
        merged(getObject(world, params.bucket, params.object), body),
      ),
    [`DELETE ${objects}/{object}`]: ({ world, params }) => {
      getObject(world, params.bucket, params.object)
      remove(world, objectKey(world, params.bucket, params.object))
      return new RawAnswer(204, {})
    },
    'POST /upload/storage/v1/b/{bucket}/o': upload,
    'PUT /upload/storage/v1/b/{bucket}/o': finishUpload,
    'POST /resumable/upload/storage/v1/b/{bucket}/o': upload,
    [`POST ${objects}/{object}/rewriteTo/b/{toBucket}/o/{toObject}`]: rewrite,
    [`POST ${objects}/{object}/copyTo/b/{toBucket}/o/{toObject}`]: (call) => {
      const { resource } = rewrite(call)
      return typeof resource === 'object' && resource !== null && !Array.isArray(resource) ? resource : {}
    },
  },
}
