import { computed, signal } from '@preact/signals'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { callApi } from '../api/call-api.ts'
import { callLoggedIn } from '../session/call-logged-in.ts'
import {
  dropTask,
  noTasks,
  putFirstPage,
  putNextPage,
  putTask,
  type TaskListState,
  type TaskPage,
} from './task-list-state.ts'

const PAGE_TASKS = 20
/** The most that the API gives at a time. */
const MOST_TASKS = 100

const list = signal<TaskListState>(noTasks)

/** Whether the list is there: not yet, yes, or why not. */
export const listLoad = signal<{ kind: 'loading' } | { kind: 'loaded' } | { kind: 'failed'; error: unknown }>({
  kind: 'loading',
})

/** The tasks that are hidden because they are about to be deleted, or are shown elsewhere: by who uploads their files. */
export const deletedTasks = signal<ReadonlySet<string>>(new Set())
export const uploadingTasks = signal<ReadonlySet<string>>(new Set())

/** The tasks of the list, the newest first. */
export const shownTasks = computed(() =>
  list.value.tasks.filter(({ id }) => !deletedTasks.value.has(id) && !uploadingTasks.value.has(id)),
)

export const hasMoreTasks = computed(() => list.value.nextCursor !== null)

// What came while a first page was asked for; null: it was removed.
let newer: Map<string, TaskResource | null> | undefined

/** Takes a task as it is now into the list. Returns it as it was known before. */
export const takeTask = (task: TaskResource): TaskResource | undefined => {
  const before = list.peek().tasks.find(({ id }) => id === task.id)
  newer?.set(task.id, task)
  list.value = putTask(list.peek(), task)
  return before
}

/** Takes a task out of the list. */
export const forgetTask = (taskId: string): void => {
  newer?.set(taskId, null)
  list.value = dropTask(list.peek(), taskId)
}

/** Forgets everything, for the next user. */
export const forgetTasks = (): void => {
  list.value = noTasks
  listLoad.value = { kind: 'loading' }
  deletedTasks.value = new Set()
}

/** Loads the list anew, as far as it was shown. When that fails, what is shown stays, and `listLoad` says why. */
export const loadTasks = async (): Promise<void> => {
  const limit = Math.min(MOST_TASKS, Math.max(PAGE_TASKS, list.peek().tasks.length))
  newer = new Map()
  try {
    const page = await callApi<TaskPage>({ path: `/api/tasks?limit=${limit}` })
    list.value = putFirstPage(page, newer)
    listLoad.value = { kind: 'loaded' }
  } catch (error) {
    if (listLoad.peek().kind !== 'loaded') listLoad.value = { kind: 'failed', error }
  } finally {
    newer = undefined
  }
}

/** Loads the page after what is shown. Throws ApiError. */
export const loadMoreTasks = async (): Promise<void> => {
  const { nextCursor } = list.peek()
  if (nextCursor === null) return
  const cursor = encodeURIComponent(nextCursor)
  list.value = putNextPage(
    list.peek(),
    await callLoggedIn<TaskPage>({ path: `/api/tasks?limit=${PAGE_TASKS}&cursor=${cursor}` }),
  )
}
