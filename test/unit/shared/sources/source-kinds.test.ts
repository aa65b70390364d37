import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceKinds } from '@reelway/shared/sources/source-kinds.ts'
import { sourceRows } from '../../../videos/sources/source-rows.ts'

test('every kind of video that the README names is converted from a clip by a test', () => {
  const converted = new Set(sourceRows.map(({ kind }) => kind))
  assert.deepEqual(Object.keys(sourceKinds).toSorted(), [...converted].toSorted())
})
