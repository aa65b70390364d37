import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quarterPassed } from '../../../../../services/web/page/tasks/quarter-passed.ts'

test('each quarter is told once, and of several at once the last', () => {
  assert.equal(quarterPassed(0.1, 0.24), undefined)
  assert.equal(quarterPassed(0.24, 0.25), 0.25)
  assert.equal(quarterPassed(0.25, 0.3), undefined)
  assert.equal(quarterPassed(0, 0.8), 0.75)
  assert.equal(quarterPassed(0.8, 1), undefined)
  assert.equal(quarterPassed(0.6, 0), undefined)
})
