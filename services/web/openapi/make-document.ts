import type { ErrorCode } from '@reelway/shared/errors/catalogue.ts'
import { problemSchema } from '@reelway/shared/errors/problem.ts'
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi'
import { allOperations } from './all-operations.ts'
import { answerHeaders, type HeaderName } from './answer-headers.ts'
import { errorCodesOf, unreadableCodes } from './error-codes.ts'
import { type ErrorResponses, errorExamples, errorResponses } from './error-responses.ts'
import { documentInfo, documentTags, securitySchemes } from './introduction.ts'
import type { Answer, Operation } from './operation.ts'
import { known } from './request-headers.ts'

const EVENTS_TYPE = 'text/event-stream'

/** The document of the whole API, OpenAPI 3.1, from the schemas that the routes read and answer with. */
export const makeDocument = (): ReturnType<typeof createDocument> => {
  const responses: ErrorResponses = new Map()
  const codes = new Set<ErrorCode>(['not_found', 'method_not_allowed', ...unreadableCodes])
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const [route, operation] of Object.entries(allOperations)) {
    const [method = '', path = ''] = route.split(' ')
    const own = errorCodesOf(method, operation)
    for (const code of own) codes.add(code)
    const address = path.replaceAll(/:(\w+)/g, '{$1}')
    const described = method === 'GET' ? conditional(operation) : operation
    paths[address] = { ...paths[address], [method.toLowerCase()]: describe(described, own, responses) }
  }
  // Not of a route, but what other addresses and methods answer.
  errorResponses(['not_found', 'method_not_allowed', ...unreadableCodes], CALLED_BY_NOBODY, responses)
  return createDocument(
    {
      openapi: '3.1.1',
      info: documentInfo,
      servers: [{ url: '/' }],
      tags: documentTags,
      paths: paths satisfies ZodOpenApiPathsObject,
      components: {
        schemas: { Problem: problemSchema },
        headers: answerHeaders,
        examples: errorExamples(codes),
        responses: Object.fromEntries(responses),
        securitySchemes,
      },
    },
    { override: simplify },
  )
}

const simplify: ZodOpenApiOverride = ({ jsonSchema, io }) => {
  // What is read is read strictly. What is answered may get more fields, which clients are to leave alone.
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  // Said by their type and format already.
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern
}

/** What can be asked for with the tag of an earlier answer: all that is read at once. */
const conditional = (operation: Operation): Operation => {
  const { 200: found, 304: unchanged, ...others } = operation.answers
  if (found === undefined || unchanged !== undefined || found.contentType === EVENTS_TYPE) return operation
  return {
    ...operation,
    header: operation.header ?? known,
    answers: {
      ...others,
      200: { ...found, headers: [...(found.headers ?? []), 'ETag'] },
      304: { description: 'It is as you know it.', headers: ['ETag'] },
    },
  }
}

const CALLED_BY_NOBODY = { isChallenged: false, isLimited: false }

const describe = (operation: Operation, codes: ErrorCode[], responses: ErrorResponses): ZodOpenApiOperationObject => {
  const { id, tag, summary, description, caller, path, query, header, body, answers, isLimited = false } = operation
  const called = { isChallenged: caller === 'user', isLimited }
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: caller === 'user' ? Object.keys(securitySchemes).map((name) => ({ [name]: [] })) : [],
    requestParams: { ...(path && { path }), ...(query && { query }), ...(header && { header }) },
    ...(body && {
      requestBody: {
        required: body.isOptional !== true,
        content: { 'application/json': { schema: body.schema, examples: namedExamples(body.examples) } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer, isLimited)]),
      ),
      ...errorResponses(codes, called, responses),
    },
  }
}

const describeAnswer = (answer: Answer, isLimited: boolean): ZodOpenApiResponseObject => {
  const { description, headers = [], contentType = 'application/json', schema, examples = {} } = answer
  const limits: HeaderName[] = isLimited ? ['RateLimit-Policy', 'RateLimit'] : []
  const names: HeaderName[] = ['X-Request-Id', ...headers, ...limits]
  return {
    description,
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    ...(schema && { content: { [contentType]: { schema, examples: namedExamples(examples) } } }),
  }
}

const namedExamples = (examples: Record<string, unknown>): Record<string, oas31.ExampleObject> =>
  Object.fromEntries(
    Object.entries(examples).map(([name, value]) => [name.replaceAll(/[^\w-]+/g, '-'), { summary: name, value }]),
  )
