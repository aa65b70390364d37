import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isAskedFor,
  isGoing,
  isOpenToChoice,
  isStuck,
  type QueuedUpload,
} from '../../../../../services/web/page/upload/queued-upload.ts'

const judged = (status: QueuedUpload['status'], choiceFault?: QueuedUpload['choiceFault']) => {
  const upload = { status, choiceFault, isChoosing: false }
  return [isGoing(upload), isStuck(upload), isOpenToChoice(upload), isAskedFor(upload)]
}
const fault = { kind: 'no-sound' } as const

test('bytes that are on their way count, and can be paused, whatever is wrong with the choice, which is then asked for', () => {
  for (const kind of ['starting', 'sending', 'trying-again', 'choosing'] as const) {
    assert.deepEqual(judged({ kind }), [true, false, true, false], kind)
    assert.deepEqual(judged({ kind }, fault), [true, false, true, true], kind)
  }
})

test('what has not begun waits for another choice when this one does not fit, and does not count', () => {
  assert.deepEqual(judged({ kind: 'in-line' }), [true, false, true, false])
  assert.deepEqual(judged({ kind: 'in-line' }, fault), [false, true, true, true])
})

test('a choice that does not fit hides no failure, and no pause', () => {
  const failed = { kind: 'failed', failure: { kind: 'unreadable' } } as const
  for (const status of [failed, { kind: 'paused' }] as const) {
    assert.deepEqual(judged(status, fault), [false, false, false, false], status.kind)
  }
})
