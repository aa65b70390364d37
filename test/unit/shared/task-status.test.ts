import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSettled, statusesBefore, taskStatuses } from '@reelway/shared/task-status.ts'

test('every status can be left for exactly those that the diagram shows', () => {
  const before = Object.fromEntries(taskStatuses.map((status) => [status, statusesBefore(status)]))
  assert.deepEqual(before, {
    awaiting_upload: [],
    queued: ['awaiting_upload', 'failed', 'cancelled'],
    processing: ['queued', 'processing'],
    completed: ['processing'],
    failed: ['queued', 'processing'],
    cancelled: ['awaiting_upload', 'queued', 'processing'],
    expired: ['awaiting_upload'],
  })
})

test('a task has settled when no work is going on or awaited', () => {
  assert.deepEqual(taskStatuses.filter(isSettled), ['completed', 'failed', 'cancelled', 'expired'])
})

test('only its owner can move a settled task on, by a retry', () => {
  for (const status of taskStatuses) {
    const leaves = statusesBefore(status).filter(isSettled)
    assert.deepEqual(leaves, status === 'queued' ? ['failed', 'cancelled'] : [])
  }
})
