import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readStorageAnswer } from '../../../../../services/web/page/upload/read-storage-answer.ts'

const read = (status: number, range: string | null = null) => readStorageAnswer({ status, range, tookMillis: 5 }, 0.5)

test('the range of an answer says how many bytes are stored, and anything else says nothing', () => {
  const bytes = (range: string | null) => {
    const outcome = read(308, range)
    return outcome.kind === 'kept' ? outcome.bytes : assert.fail(outcome.kind)
  }
  assert.equal(bytes('bytes=0-262143'), 262_144)
  for (const range of [null, '', 'bytes=5-9', 'bytes=0-', 'items=0-9', 'bytes=0-9,20-29'])
    assert.equal(bytes(range), undefined)
})

test('what passes is tried again, a session that is over is replaced, and the rest is a refusal', () => {
  const kind = (status: number) => read(status).kind
  assert.deepEqual([200, 201].map(kind), ['stored', 'stored'])
  assert.deepEqual([404, 410].map(kind), ['session-gone', 'session-gone'])
  assert.deepEqual([408, 429, 500, 502, 503, 504].map(kind), Array(6).fill('trouble'))
  assert.deepEqual([400, 401, 403, 412, 413].map(kind), Array(5).fill('refused'))
  assert.equal(readStorageAnswer('broken', 0.5).kind, 'trouble')
})
