import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseJson } from '@reelway/shared/parse-json.ts'

test('a JSON text becomes its value', () => {
  assert.deepEqual(parseJson('{"a":[1,null]}'), { a: [1, null] })
  assert.equal(parseJson('null'), null)
})

test('what is no JSON becomes undefined', () => {
  for (const text of ['', '{', 'undefined', "{'a':1}", '1 2']) assert.equal(parseJson(text), undefined)
})
