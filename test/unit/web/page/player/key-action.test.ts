import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyAction } from '../../../../../services/web/page/player/key-action.ts'

const pressed = (key: string, where: { isModified?: boolean; isOnButton?: boolean } = {}) =>
  keyAction({ key, isModified: false, isOnButton: false, ...where })

test('letters act in capitals, too, and keys with Ctrl belong to the browser', () => {
  assert.deepEqual(pressed('J'), { kind: 'seek', bySeconds: -10 })
  assert.deepEqual(pressed('ArrowRight'), { kind: 'seek', bySeconds: 5 })
  assert.equal(pressed('f', { isModified: true }), undefined)
  assert.equal(pressed('Tab'), undefined)
})

test('space presses the button that has the focus, and plays anywhere else', () => {
  assert.equal(pressed(' ', { isOnButton: true }), undefined)
  assert.deepEqual(pressed(' '), { kind: 'toggle' })
  assert.deepEqual(pressed('k', { isOnButton: true }), { kind: 'toggle' })
})
