import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterFailure, type Failure } from '../../../../../services/web/page/player/after-failure.ts'

const at = (seconds: number, isOfNetwork = true): Failure => ({ seconds, isOfNetwork })

test('what breaks off goes on at the new address when its own has run out, whatever the browser calls the reason', () => {
  assert.equal(afterFailure([at(7)], 'new'), 'elsewhere')
  assert.equal(afterFailure([at(0, false)], 'new'), 'elsewhere')
})

test('a network that broke is tried again at the same address, and a file that cannot be decoded is not', () => {
  assert.equal(afterFailure([at(7)], 'same'), 'again')
  assert.equal(afterFailure([at(7, false)], 'same'), 'end')
})

test('a result that is gone is not tried again', () => {
  assert.equal(afterFailure([at(7)], 'gone'), 'end')
})

test('it is given up at the fourth failure at one place, and not for failures that were elsewhere', () => {
  assert.equal(afterFailure([at(7), at(7.2), at(7.4)], 'same'), 'again')
  assert.equal(afterFailure([at(7), at(7.2), at(7.4), at(7.5)], 'new'), 'end')
  assert.equal(afterFailure([at(7), at(7), at(7), at(60)], 'same'), 'again')
})
