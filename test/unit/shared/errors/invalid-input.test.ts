import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { InvalidInput, parseInput } from '@reelway/shared/errors/invalid-input.ts'
import { problemOf } from '@reelway/shared/errors/problem.ts'
import { z } from 'zod'

const schema = z.strictObject({ name: z.string('Give a name.'), list: z.array(z.strictObject({ 'a/b~': z.int() })) })

const pointersOf = (value: unknown): string[] => {
  try {
    parseInput(schema, value)
    return []
  } catch (error) {
    assert.ok(error instanceof InvalidInput)
    return error.errors.map(({ pointer }) => pointer)
  }
}

describe('parseInput', () => {
  test('returns what fits', () => {
    const value = { name: 'a', list: [{ 'a/b~': 1 }] }
    assert.deepEqual(parseInput(schema, value), value)
  })

  test('points to everything that is wrong, escaped as RFC 6901 says', () => {
    assert.deepEqual(pointersOf({ name: 1, list: [{ 'a/b~': 1 }, { 'a/b~': 'x', '~': 1 }], more: 1, other: 2 }), [
      '/name',
      '/list/1/a~1b~0',
      '/list/1/~0',
      '/more',
      '/other',
    ])
  })

  test('says in words what a schema leaves unsaid', () => {
    const unsaid = z.strictObject({ a: z.int(), b: z.boolean(), c: z.strictObject({}), d: z.number(), e: z.int() })
    assert.throws(() => parseInput(unsaid, { a: 1.5, b: 'yes', c: null, e: 2 ** 60 }), {
      errors: [
        { pointer: '/a', detail: 'Give a whole number.' },
        { pointer: '/b', detail: 'Give true or false.' },
        { pointer: '/c', detail: 'Give an object.' },
        { pointer: '/d', detail: 'This field is missing: give a number.' },
        { pointer: '/e', detail: 'The number is too large.' },
      ],
    })
  })

  test('points to the whole when the whole is wrong', () => {
    assert.deepEqual(pointersOf(null), [''])
  })
})

test('a problem has the members of RFC 9457 and ours, and errors only when there are some', () => {
  const fields = { detail: 'A sentence.', requestId: 'id' }
  assert.deepEqual(problemOf('not_found', fields), {
    type: '/errors/not_found',
    title: 'There is nothing at this address',
    status: 404,
    code: 'not_found',
    detail: 'A sentence.',
    requestId: 'id',
  })
  const errors = [{ pointer: '/a', detail: 'Wrong.' }]
  assert.deepEqual(problemOf('invalid_input', { ...fields, errors }).errors, errors)
})
