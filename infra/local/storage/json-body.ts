import type { z } from 'zod'
import type { Exchange } from './exchange.ts'
import { smallBody } from './receive-body.ts'
import { invalidArgument } from './refusals.ts'

/** The JSON body of a request in the form of `schema`; no body is an empty object. Throws InvalidArgument (400). */
export const jsonBody = async <Schema extends z.ZodType>(
  exchange: Exchange,
  schema: Schema,
): Promise<z.infer<Schema>> => parseJson((await smallBody(exchange)).toString('utf8'), schema)

/** Parses and checks JSON text. Throws InvalidArgument (400) with the cause. */
export const parseJson = <Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> => {
  try {
    return schema.parse(text.trim() === '' ? {} : JSON.parse(text))
  } catch (cause) {
    const refusal = invalidArgument('The JSON body cannot be understood.')
    refusal.cause = cause
    throw refusal
  }
}
