import { type ErrorCode, errorCatalogue } from './catalogue.ts'

/** One thing that is wrong with the input: where (JSON Pointer, RFC 6901) and what. */
export type InputError = { pointer: string; detail: string }

/** The body of an error answer, application/problem+json (RFC 9457), with our extensions. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: ErrorCode
  requestId: string
  errors?: InputError[]
}

/** The problem document of a code. `type` is a relative reference that the README's table of errors explains. */
export const problemOf = (
  code: ErrorCode,
  fields: { detail: string; requestId: string; errors?: InputError[] },
): Problem => ({
  type: `/errors/${code}`,
  title: errorCatalogue[code].title,
  status: errorCatalogue[code].status,
  code,
  ...fields,
})
