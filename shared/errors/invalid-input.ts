import type { z } from 'zod'
import type { InputError } from './problem.ts'
import { ReelwayError } from './reelway-error.ts'

/** Input that does not fit its schema: the answer names every field that is wrong. */
export class InvalidInput extends ReelwayError {
  readonly errors: InputError[]

  constructor(errors: InputError[]) {
    super('invalid_input')
    this.errors = errors
  }
}

/** `value` as `schema` reads it; throws InvalidInput with a JSON Pointer (RFC 6901) to everything that is wrong. */
export const parseInput = <Output>(schema: z.ZodType<Output>, value: unknown): Output => {
  const parsed = schema.safeParse(value, { error: sentenceOf })
  if (parsed.success) return parsed.data
  throw new InvalidInput(parsed.error.issues.flatMap(inputErrors))
}

const inputErrors = (issue: z.core.$ZodIssue): InputError[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({
        pointer: pointerOf([...issue.path, key]),
        detail: 'This field is not known. Leave it out.',
      }))
    : [{ pointer: pointerOf(issue.path), detail: issue.message }]

const pointerOf = (path: PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** What is said where a schema says nothing of its own; null for what none of ours leaves unsaid. */
const sentenceOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'too_big' && issue.maximum === Number.MAX_SAFE_INTEGER) return 'The number is too large.'
  if (issue.code === 'too_small' && issue.minimum === Number.MIN_SAFE_INTEGER) return 'The number is too small.'
  if (issue.code !== 'invalid_type') return null
  const wanted = WANTED[issue.expected]
  if (issue.input === undefined)
    return wanted === undefined ? 'This field is missing.' : `This field is missing: give ${wanted}.`
  return wanted === undefined ? null : `Give ${wanted}.`
}

const WANTED: Partial<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
}
