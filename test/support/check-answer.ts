import assert from 'node:assert/strict'
import { answerHeaders } from '@reelway/web/openapi/answer-headers.ts'
import { makeDocument } from '@reelway/web/openapi/make-document.ts'
import { z } from 'zod'
import { faultsIn, resolve } from './json-schema.ts'

type Answered = { method: string; path: string; status: number; headers: Headers; text: string }

const record = z.record(z.string(), z.unknown())
const response = z.object({
  headers: z.record(z.string(), z.unknown()).default({}),
  content: z.record(z.string(), z.object({ schema: z.unknown() })).default({}),
})

let document: ReturnType<typeof makeDocument> | undefined

/**
 * Asserts that an answer of the API is one that its document (GET /openapi.json) tells of: the status, the headers, the type, and every field of
 * the body. Answers to what is no address of the API, as 404, and to another method of one, as 405, are checked as well.
 */
export const checkAnswer = (answered: Answered): void => {
  const { method, path, status, headers, text } = answered
  document ??= makeDocument()
  const name = `${method} ${path}: ${status} ${text.slice(0, 500)}`
  const found = response.parse(resolveReference(document, responseFor(document, answered)))
  assert.deepEqual(undocumentedHeaders(document, found.headers, headers), [], name)
  const contentType = (headers.get('content-type') ?? '').split(';', 1)[0] ?? ''
  if (Object.keys(found.content).length === 0 || method === 'HEAD') {
    assert.equal(text, '', name)
    return
  }
  const content = found.content[contentType]
  assert.ok(content !== undefined, `${name}: the type ${contentType} is not documented`)
  const body: unknown = /[/+]json$/.test(contentType) ? JSON.parse(text) : text
  assert.deepEqual(faultsIn(document, content.schema, body), [], name)
}

const responseFor = (document: object, { method, path, status }: Answered): unknown => {
  const paths = resolve(document, '#/paths')
  const address = path.split('?', 1)[0] ?? ''
  if (isUnreadable(address)) return reference(status, '404.not_found')
  const [, item] = Object.entries(paths).find(([template]) => patternOf(template).test(address)) ?? []
  if (item === undefined) return reference(status, '404.not_found')
  const operation = record.parse(item)[method === 'HEAD' ? 'get' : method.toLowerCase()]
  if (operation === undefined) return reference(status, '405.method_not_allowed.Allow')
  const { responses, operationId } = z.object({ responses: record, operationId: z.string() }).parse(operation)
  const found = responses[String(status)]
  assert.ok(found !== undefined, `${operationId} is not documented to answer ${status}`)
  return found
}

const reference = (status: number, name: string): unknown => {
  assert.equal(status, Number.parseInt(name, 10), `${status} for what is not in the document`)
  return { $ref: `#/components/responses/${name}` }
}

/** Whether its percent encoding is broken, so that no route gets to see it. */
const isUnreadable = (address: string): boolean => {
  try {
    decodeURIComponent(address)
    return false
  } catch {
    return true
  }
}

/** Addresses are not told apart by case, nor by a slash at their end. */
const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i')

const resolveReference = (document: object, value: unknown): unknown => {
  const { $ref } = z.object({ $ref: z.string().optional() }).parse(value)
  return $ref === undefined ? value : resolve(document, $ref)
}

/** Those that mean something to clients and that the document does not tell of, and those that it promises and that are not there. */
const undocumentedHeaders = (document: object, documented: Record<string, unknown>, headers: Headers): string[] => {
  const names = Object.keys(answerHeaders)
  const faults = names
    .filter((name) => name !== 'Set-Cookie' && headers.has(name) && !(name in documented))
    // Express gives every body a weak one.
    .filter((name) => name !== 'ETag' || headers.get(name)?.startsWith('W/') === false)
    .map((name) => `${name} is not documented`)
  for (const [name, header] of Object.entries(documented)) {
    const { required, schema } = z
      .object({ required: z.boolean().optional(), schema: z.unknown() })
      .parse(resolveReference(document, header))
    const value = headers.get(name)
    if (value !== null) faults.push(...faultsIn(document, schema, value, name))
    else if (required === true) faults.push(`${name} is missing`)
  }
  return faults
}
