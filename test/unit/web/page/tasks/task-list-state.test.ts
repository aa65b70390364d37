import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  dropTask,
  noTasks,
  putFirstPage,
  putNextPage,
  putTask,
} from '../../../../../services/web/page/tasks/task-list-state.ts'
import type { TaskResource } from '../../../../../services/web/tasks/task-schema.ts'

const task = (minute: number, changes: Partial<TaskResource> = {}): TaskResource => ({
  id: `00000000-0000-4000-8000-0000000000${String(minute).padStart(2, '0')}`,
  status: 'queued',
  progress: 0,
  fileName: `${minute}.mp4`,
  contentType: 'video/mp4',
  sourceTaskId: null,
  preset: 'league',
  options: {},
  sizeBytes: 1,
  attempts: 0,
  error: null,
  source: null,
  outputs: [],
  poster: null,
  storyboard: null,
  createdAt: new Date(Date.UTC(2026, 10, 1, 12, minute)).toISOString(),
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
  ...changes,
})

const namesOf = ({ tasks }: { tasks: readonly TaskResource[] }) => tasks.map(({ fileName }) => fileName)

test('a task that is new comes first, and one that changed stays where it is', () => {
  const page = putFirstPage({ data: [task(3), task(1)], nextCursor: null }, new Map())
  const state = putTask(putTask(page, task(4)), task(1, { status: 'completed' }))
  assert.deepEqual(namesOf(state), ['4.mp4', '3.mp4', '1.mp4'])
  assert.equal(state.tasks.at(-1)?.status, 'completed')
})

test('a change of a task that is farther down than what is shown leaves no gap', () => {
  const page = putFirstPage({ data: [task(9), task(8)], nextCursor: 'more' }, new Map())
  assert.deepEqual(namesOf(putTask(page, task(2))), ['9.mp4', '8.mp4'])
  const whole = putNextPage(page, { data: [task(7), task(2)], nextCursor: null })
  assert.deepEqual(namesOf(whole), ['9.mp4', '8.mp4', '7.mp4', '2.mp4'])
})

test('what came while the list was asked for is newer than the list', () => {
  const newer = new Map([
    [task(1).id, task(1, { status: 'completed' })],
    [task(2).id, null],
    [task(3).id, task(3)],
  ])
  const state = putFirstPage({ data: [task(2), task(1)], nextCursor: null }, newer)
  assert.deepEqual(namesOf(state), ['3.mp4', '1.mp4'])
  assert.equal(state.tasks[1]?.status, 'completed')
})

test('a task that was deleted is gone, and the next page does not bring back the old state of others', () => {
  const page = putTask(putFirstPage({ data: [task(5)], nextCursor: 'more' }, new Map()), task(5, { progress: 0.5 }))
  const state = putNextPage(page, { data: [task(5), task(4)], nextCursor: null })
  assert.equal(state.tasks[0]?.progress, 0.5)
  assert.deepEqual(namesOf(dropTask(state, task(5).id)), ['4.mp4'])
  assert.deepEqual(namesOf(dropTask(noTasks, 'nobody')), [])
})
