import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseNext } from '../../../../../services/web/page/upload/choose-next.ts'

test('two are sent at a time, the first in line first', () => {
  assert.deepEqual(chooseNext(['a', 'b', 'c'], 0), ['a', 'b'])
  assert.deepEqual(chooseNext(['a', 'b', 'c'], 1), ['a'])
  for (const sending of [2, 3]) assert.deepEqual(chooseNext(['a'], sending), [])
})
