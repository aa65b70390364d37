import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepPicture } from '../../../../../services/web/page/tasks/keep-picture.ts'

const at = (minutes: number): number => Date.parse('2026-11-26T08:00:00Z') + minutes * 60_000
const until = (minutes: number) => ({ expiresAt: new Date(at(minutes)).toISOString() })

test('a picture that is shown stays as long as its address can be used', () => {
  const [first, second] = [until(120), until(180)]
  assert.equal(keepPicture(null, first, at(0)), first)
  assert.equal(keepPicture(first, second, at(90)), first)
  assert.equal(keepPicture(first, second, at(119.5)), second)
})

test('a picture that a task has no more is not shown any more', () => {
  assert.equal(keepPicture(until(120), null, at(1)), null)
})
