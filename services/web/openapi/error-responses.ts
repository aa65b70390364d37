import { type ErrorCode, errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import type { oas31 } from 'zod-openapi'
import type { HeaderName } from './answer-headers.ts'
import { exampleProblem } from './example-problem.ts'

export type ErrorResponses = Map<string, oas31.ResponseObject>

type Called = { isChallenged: boolean; isLimited: boolean }

/**
 * The answers to an operation that can be refused with these codes, one for each status, as references; what they refer to is put into
 * `components`, where operations that are refused for the same share it. `isChallenged`: 401 says how to authenticate.
 */
export const errorResponses = (
  codes: readonly ErrorCode[],
  called: Called,
  components: ErrorResponses,
): Record<string, { $ref: string }> => {
  const byStatus = Map.groupBy(codes.toSorted(), (code) => errorCatalogue[code].status)
  return Object.fromEntries([...byStatus].map(([status, group]) => [status, shared(status, group, called, components)]))
}

const shared = (status: number, codes: ErrorCode[], called: Called, components: ErrorResponses): { $ref: string } => {
  const headers = headersOf(status, called)
  const name = [status, ...codes, ...headers.filter((header) => header !== 'X-Request-Id')].join('.')
  components.set(name, responseOf(codes, headers))
  return { $ref: `#/components/responses/${name}` }
}

const headersOf = (status: number, { isChallenged, isLimited }: Called): HeaderName[] => [
  'X-Request-Id',
  ...(status === 401 && isChallenged ? (['WWW-Authenticate'] as const) : []),
  ...(status === 405 ? (['Allow'] as const) : []),
  ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
  ...(isLimited ? (['RateLimit-Policy', 'RateLimit'] as const) : []),
]

/** What is refused with one of these codes, which have the same status. */
const responseOf = (codes: ErrorCode[], headers: HeaderName[]): oas31.ResponseObject => ({
  description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].title}.`).join('  \n'),
  headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { enum: codes } } }],
      },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
})

/** The examples that these answers refer to. */
export const errorExamples = (codes: Iterable<ErrorCode>): Record<string, oas31.ExampleObject> =>
  Object.fromEntries(
    [...codes].map((code) => [code, { summary: errorCatalogue[code].title, value: exampleProblem(code) }]),
  )
