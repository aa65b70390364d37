import assert from 'node:assert/strict'

type Schema = Record<string, unknown>

/** What is wrong with a value, each with its place; and which of its fields, if it is an object, a schema knows. */
type Found = { faults: string[]; known: Set<string> }

/**
 * Compares values with the JSON Schemas (2020-12) of an OpenAPI document: as strictly as they say, and a field that no schema of its object
 * knows is wrong, too. Throws for a keyword that is not known here.
 */
export const faultsIn = (document: object, schema: unknown, value: unknown, place = ''): string[] => {
  const { faults, known } = compare(document, schemaOf(schema), value, place)
  if (!isRecord(value)) return faults
  const unknown = Object.keys(value).filter((key) => !known.has(key) && !known.has('*'))
  return [...faults, ...unknown.map((key) => `${place}/${key}: no schema knows this field`)]
}

const compare = (document: object, schema: Schema, value: unknown, place: string): Found => {
  const faults: string[] = []
  const known = new Set<string>()
  const take = (found: Found) => {
    faults.push(...found.faults)
    for (const key of found.known) known.add(key)
  }
  for (const [keyword, rule] of Object.entries(schema)) {
    if (ANNOTATIONS.has(keyword)) continue
    if (keyword === '$ref') take(compare(document, resolve(document, String(rule)), value, place))
    else if (keyword === 'allOf') for (const one of listOf(rule)) take(compare(document, schemaOf(one), value, place))
    else if (keyword === 'anyOf' || keyword === 'oneOf') take(anyOf(document, listOf(rule), value, place))
    else if (keyword === 'properties' || keyword === 'additionalProperties' || keyword === 'propertyNames') continue
    else if (keyword === 'items') {
      if (Array.isArray(value))
        faults.push(...value.flatMap((item, at) => faultsIn(document, rule, item, `${place}/${at}`)))
    } else {
      const test = TESTS[keyword]
      assert.ok(test !== undefined, `the keyword ${keyword} is not known`)
      if (!test(rule, value))
        faults.push(`${place}: ${JSON.stringify(value)} is not ${keyword} ${JSON.stringify(rule)}`)
    }
  }
  if (isRecord(value)) take(fields(document, schema, value, place))
  return { faults, known }
}

const fields = (document: object, schema: Schema, value: Schema, place: string): Found => {
  const { properties = {}, additionalProperties, propertyNames } = schema
  const own = schemaOf(properties)
  const faults: string[] = []
  for (const [key, item] of Object.entries(value)) {
    if (key in own) faults.push(...faultsIn(document, own[key], item, `${place}/${key}`))
    else if (additionalProperties === false) faults.push(`${place}/${key}: is not allowed`)
    else if (isRecord(additionalProperties))
      faults.push(...inside(document, additionalProperties, item, `${place}/${key}`))
    if (propertyNames !== undefined) faults.push(...faultsIn(document, propertyNames, key, `${place}/${key} (name)`))
  }
  return { faults, known: new Set([...Object.keys(own), ...(isRecord(additionalProperties) ? ['*'] : [])]) }
}

/** An empty schema takes everything, whatever is in it. */
const inside = (document: object, schema: Schema, value: unknown, place: string): string[] =>
  Object.keys(schema).length === 0 ? [] : faultsIn(document, schema, value, place)

const anyOf = (document: object, choices: unknown[], value: unknown, place: string): Found => {
  const all = choices.map((choice) => compare(document, schemaOf(choice), value, place))
  const fitting = all.find(({ faults }) => faults.length === 0)
  return fitting ?? { faults: all.flatMap(({ faults }) => faults), known: new Set(['*']) }
}

const ANNOTATIONS = new Set(['description', 'title', 'default', 'example', 'examples', 'deprecated'])

const FORMATS: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  uri: /^https?:\/\/\S+$/,
  email: /^[^@\s]+@[^@\s]+$/,
}

const onNumber = (test: (rule: number, value: number) => boolean) => (rule: unknown, value: unknown) =>
  typeof value !== 'number' || test(Number(rule), value)
const onText = (test: (rule: string, value: string) => boolean) => (rule: unknown, value: unknown) =>
  typeof value !== 'string' || test(String(rule), value)

const TESTS: Record<string, (rule: unknown, value: unknown) => boolean> = {
  type: (rule, value) => {
    const types = [rule].flat()
    return types.includes(typeOf(value)) || (types.includes('number') && typeof value === 'number')
  },
  enum: (rule, value) => listOf(rule).includes(value),
  const: (rule, value) => rule === value,
  required: (rule, value) => !isRecord(value) || listOf(rule).every((key) => String(key) in value),
  minimum: onNumber((rule, value) => value >= rule),
  maximum: onNumber((rule, value) => value <= rule),
  exclusiveMinimum: onNumber((rule, value) => value > rule),
  multipleOf: onNumber((rule, value) => value % rule === 0),
  minLength: onText((rule, value) => value.length >= Number(rule)),
  maxLength: onText((rule, value) => value.length <= Number(rule)),
  pattern: onText((rule, value) => new RegExp(rule, 'u').test(value)),
  format: onText((rule, value) => {
    const format = FORMATS[rule]
    assert.ok(format !== undefined, `the format ${rule} is not known`)
    return format.test(value)
  }),
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

const isRecord = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): unknown[] => {
  assert.ok(Array.isArray(value))
  return value
}

const schemaOf = (value: unknown): Schema => {
  assert.ok(isRecord(value), `${JSON.stringify(value)} is no schema`)
  return value
}

/** What a reference within a document refers to. */
export const resolve = (document: object, reference: string): Schema => {
  let at: unknown = document
  for (const part of reference.replace(/^#\//, '').split('/')) at = isRecord(at) ? at[part] : undefined
  return schemaOf(at)
}
