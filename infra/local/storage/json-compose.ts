import { createReadStream, openSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { answerJson, type Exchange } from './exchange.ts'
import { jsonBody } from './json-body.ts'
import { objectMetadataSchema } from './object-metadata.ts'
import { objectResource } from './object-record.ts'
import { checkWrite, preconditionsOfQuery } from './preconditions.ts'
import { receiveIntoFile } from './receive-body.ts'

const composeSchema = z.object({
  destination: objectMetadataSchema.default({}),
  sourceObjects: z
    .array(
      z.object({
        name: z.string(),
        generation: z.coerce.number().optional(),
        objectPreconditions: z.object({ ifGenerationMatch: z.coerce.string().optional() }).optional(),
      }),
    )
    .min(1)
    .max(32), // JSON API reference, "Objects: compose": 1 to 32 sources
})

/**
 * POST …/compose: one object from several of the same bucket, in their order. It has no MD5 (docs: "Composite
 * objects"). Throws NoSuchKey, PreconditionFailed, InvalidArgument.
 */
export const composeObject = async (exchange: Exchange, bucket: string, name: string): Promise<void> => {
  const { objects, origin } = exchange.service
  const { destination, sourceObjects } = await jsonBody(exchange, composeSchema)
  const conditions = preconditionsOfQuery(exchange.target.parameters)
  checkWrite(conditions, objects.find(bucket, name))
  const sources = sourceObjects.map((wanted) => {
    const source = objects.get(bucket, wanted.name, wanted.generation)
    const match = wanted.objectPreconditions?.ifGenerationMatch
    checkWrite(preconditionsOfQuery(new Map(match === undefined ? [] : [['ifGenerationMatch', match]])), source)
    return source
  })
  // Opened in the step that found them: a source that is deleted meanwhile can still be read to its end.
  const streams = sources.map((source) => createReadStream('', { fd: openSync(objects.contentPath(source), 'r') }))
  const path = objects.incomingPath()
  try {
    const { md5Hash: _, ...digest } = await receiveIntoFile(concatenate(streams), path)
    const componentCount = sources.reduce((count, source) => count + (source.componentCount ?? 1), 0)
    const record = objects.commit(bucket, name, { path, ...digest, componentCount }, destination, conditions)
    answerJson(exchange, 200, objectResource(record, origin))
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    for (const stream of streams) stream.destroy()
  }
}

async function* concatenate(streams: AsyncIterable<Buffer>[]): AsyncGenerator<Buffer> {
  for (const stream of streams) yield* stream
}
