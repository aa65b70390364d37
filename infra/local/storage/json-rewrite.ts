import { linkSync } from 'node:fs'
import { answerJson, type Exchange } from './exchange.ts'
import { jsonBody } from './json-body.ts'
import { objectMetadataSchema } from './object-metadata.ts'
import { objectResource } from './object-record.ts'
import { checkWrite, preconditionsOfQuery } from './preconditions.ts'

/** An object's place. */
export type Place = { bucket: string; name: string }

/**
 * POST …/rewriteTo/b/BUCKET/o/OBJECT, always done in one call, or …/copyTo/… (JSON API reference: "Objects: rewrite").
 * The description is the source's, or the body's when it has one. Parameters sourceGeneration, ifSourceGenerationMatch
 * and the destination's preconditions. Throws NoSuchKey, NoSuchBucket, PreconditionFailed.
 */
export const rewriteObject = async (
  exchange: Exchange,
  from: Place,
  to: Place,
  action: 'rewriteTo' | 'copyTo',
): Promise<void> => {
  const { objects, origin } = exchange.service
  const { parameters } = exchange.target
  const body = await jsonBody(exchange, objectMetadataSchema)
  const generation = parameters.get('sourceGeneration')
  const source = objects.get(from.bucket, from.name, generation === undefined ? undefined : Number(generation))
  const sourceConditions = [...parameters].flatMap(([name, value]) =>
    name.startsWith('ifSource') ? [[name.replace('ifSource', 'if'), value] as const] : [],
  )
  checkWrite(preconditionsOfQuery(new Map(sourceConditions)), source)
  const conditions = preconditionsOfQuery(parameters)
  checkWrite(conditions, objects.find(to.bucket, to.name))
  const path = objects.incomingPath()
  // Contents never change once they are an object's: a second name is as good as a copy.
  linkSync(objects.contentPath(source), path)
  const { size, crc32c, md5Hash, componentCount } = source
  const content = {
    path,
    size,
    crc32c,
    ...(md5Hash !== undefined && { md5Hash }),
    ...(componentCount !== undefined && { componentCount }),
  }
  const metadata = Object.values(body).some((value) => value !== undefined) ? body : source
  const { md5Hash: _md5, crc32c: _crc, ...described } = objectMetadataSchema.parse(metadata)
  const resource = objectResource(objects.commit(to.bucket, to.name, content, described, conditions), origin)
  if (action === 'copyTo') return answerJson(exchange, 200, resource)
  answerJson(exchange, 200, {
    kind: 'storage#rewriteResponse',
    totalBytesRewritten: String(size),
    objectSize: String(size),
    done: true,
    resource,
  })
}
