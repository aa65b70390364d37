import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { errorCatalogue } from '@reelway/shared/errors/catalogue.ts'
import { taskOptions } from '@reelway/shared/options/task-options.ts'
import { allOperations } from '@reelway/web/openapi/all-operations.ts'
import { makeDocument } from '@reelway/web/openapi/make-document.ts'
import { z } from 'zod'
import { nameOf, webEndpoints } from '../../../security/endpoints.ts'
import { faultsIn, resolve } from '../../../support/json-schema.ts'

const document = makeDocument()
const whole: unknown = JSON.parse(JSON.stringify(document))

/** Everything in the document that has a key, with its place. */
const all = (key: string, value: unknown = whole, place = '#'): [place: string, holder: Record<string, unknown>][] => {
  if (typeof value !== 'object' || value === null) return []
  const below = Object.entries(value).flatMap(([name, child]) => all(key, child, `${place}/${name}`))
  return key in value ? [[place, z.record(z.string(), z.unknown()).parse(value)], ...below] : below
}

/** The page, and the documents themselves. */
const NOT_OF_THE_API = ['/', '/docs', '/openapi.json', '/assets/*file', '/favicon.svg', '/robots.txt']

describe('the document of the API', () => {
  test('describes every route that web has, and no other', () => {
    const routes = webEndpoints.filter(({ path }) => !NOT_OF_THE_API.includes(path)).map(nameOf)
    assert.deepEqual(Object.keys(allOperations).toSorted(), routes.toSorted())
  })

  test('refers to nothing that is not there', () => {
    const references = all('$ref').filter(([place]) => !place.includes('/examples/'))
    assert.ok(references.length > 100)
    for (const [place, { $ref }] of references) assert.doesNotThrow(() => resolve(document, String($ref)), place)
  })

  test('has no example that does not fit its schema', () => {
    let compared = 0
    for (const [place, { schema, examples }] of all('examples')) {
      if (schema === undefined) continue
      for (const [name, example] of Object.entries(
        z.record(z.string(), z.record(z.string(), z.unknown())).parse(examples),
      )) {
        const { value } = '$ref' in example ? resolve(document, String(example.$ref)) : example
        assert.deepEqual(faultsIn(document, schema, value), [], `${place} ${name}`)
        compared += 1
      }
    }
    assert.ok(compared > 80, `${compared} compared`)
  })

  test('finds an example that does not fit', () => {
    const task = { $ref: '#/components/schemas/User' }
    assert.equal(faultsIn(document, task, { id: 'x', username: 'ana', email: 'a@example.com', age: 3 }).length, 2)
    assert.equal(faultsIn(document, task, { username: 'ana' }).length, 1)
  })

  test('has patterns that every language has, not those of one', () => {
    const patterns = all('pattern').map(([place, { pattern }]) => [place, String(pattern)] as const)
    assert.ok(patterns.length > 8)
    // JSON Schema 2020-12, Core, 6.4: neither classes of Unicode, which Python refuses, nor groups that are more than groups.
    for (const [place, pattern] of patterns) assert.doesNotMatch(pattern, /\\p|\(\?/i, place)
  })

  test('accepts every option that the API accepts', () => {
    const given = { fit: { width: 640, height: 360, background: '#FFAA00' } }
    assert.ok(taskOptions.safeParse(given).success)
    for (const name of ['TaskOptions', 'TaskOptionsOutput'])
      assert.deepEqual(faultsIn(document, { $ref: `#/components/schemas/${name}` }, taskOptions.parse(given)), [], name)
  })

  test('tells of 304 for all that is read at once', () => {
    for (const [place, { get }] of all('get')) {
      const { responses } = z.object({ responses: z.record(z.string(), z.unknown()) }).parse(get)
      assert.equal('304' in responses, place !== '#/paths//api/tasks/events', place)
    }
  })

  test('leaves no placeholder in the sentence of an error', () => {
    const problems = Object.values(
      z.record(z.string(), z.object({ value: z.object({ detail: z.string() }) })).parse(document.components?.examples),
    )
    assert.ok(problems.length > 30)
    for (const { value } of problems) assert.doesNotMatch(value.detail, /[{}]/)
  })

  test('names every code that a request can be refused with, by its status', () => {
    for (const name of Object.keys(document.components?.responses ?? {})) {
      const [status, ...codes] = name.split('.').filter((part) => /^[a-z0-9_]+$/.test(part))
      for (const code of codes) {
        const entry = Object.entries(errorCatalogue).find(([known]) => known === code)
        assert.equal(entry?.[1].status, Number(status), name)
      }
    }
  })

  test('gives each operation a name of its own, a summary, and one kind of answer for success at least', () => {
    const operations = all('operationId').map(([, operation]) => operation)
    const names = operations.map(({ operationId }) => operationId)
    assert.equal(new Set(names).size, names.length)
    for (const { operationId, summary, responses } of operations) {
      assert.match(String(summary), /^[A-Z]/, String(operationId))
      assert.ok(
        Object.keys(responses ?? {}).some((status) => status < '300'),
        String(operationId),
      )
    }
  })

  test('lets answers have more fields later, and takes no field in a request that it does not know', () => {
    const schemas = z.record(z.string(), z.record(z.string(), z.unknown())).parse(document.components?.schemas)
    for (const name of ['Task', 'Asset', 'Problem', 'Preset'])
      assert.ok(!('additionalProperties' in (schemas[name] ?? {})), name)
    for (const name of ['NewTask', 'NewConversion', 'NewAccount'])
      assert.equal(schemas[name]?.additionalProperties, false, name)
  })
})
