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
  const parsed = schema.safeParse(value)
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
