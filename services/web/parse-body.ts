import { parseInput } from '@reelway/shared/errors/invalid-input.ts'
import { reelwayError } from '@reelway/shared/errors/reelway-error.ts'
import type { Request } from 'express'
import type { z } from 'zod'

/** The JSON body of a request as `schema` reads it. Throws unsupported_media_type or invalid_input. */
export const parseBody = <Output>(schema: z.ZodType<Output>, request: Request): Output => {
  if (request.is('application/json') === false) throw reelwayError('unsupported_media_type')
  return parseInput(schema, request.body ?? {})
}
