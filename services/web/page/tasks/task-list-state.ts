import type { TaskResource } from '../../tasks/task-schema.ts'

/** What the page knows of the user's tasks: the newest first, without gaps down to where the next page begins. */
export type TaskListState = {
  tasks: readonly TaskResource[]
  /** where the next page begins; null: there is none */
  nextCursor: string | null
}

export type TaskPage = { data: readonly TaskResource[]; nextCursor: string | null }

export const noTasks: TaskListState = { tasks: [], nextCursor: null }

/** With a task as it is now. One that is older than all that are shown stays out: its page will bring it. */
export const putTask = (state: TaskListState, task: TaskResource): TaskListState => {
  const isKnown = state.tasks.some(({ id }) => id === task.id)
  const last = state.tasks.at(-1)
  const isBelow = state.nextCursor !== null && last !== undefined && newestFirst(last, task) < 0
  if (!isKnown && isBelow) return state
  return { ...state, tasks: merged(state.tasks, [task]) }
}

/** Without a task. */
export const dropTask = (state: TaskListState, taskId: string): TaskListState => ({
  ...state,
  tasks: state.tasks.filter(({ id }) => id !== taskId),
})

/**
 * With a first page in the place of all that was known. `newer` are tasks that came while it was asked for: they know better than the page,
 * which may have been read before.
 */
export const putFirstPage = (page: TaskPage, newer: ReadonlyMap<string, TaskResource | null>): TaskListState => {
  const shown = merged(
    page.data.filter(({ id }) => !newer.has(id)),
    [],
  )
  const state = { tasks: shown, nextCursor: page.nextCursor }
  return [...newer.values()].filter((task) => task !== null).reduce(putTask, state)
}

/** With the page that follows what is shown. What is shown already knows better. */
export const putNextPage = (state: TaskListState, page: TaskPage): TaskListState => ({
  tasks: merged(page.data, state.tasks),
  nextCursor: page.nextCursor,
})

const merged = (tasks: readonly TaskResource[], stronger: readonly TaskResource[]): TaskResource[] =>
  [...new Map([...tasks, ...stronger].map((task) => [task.id, task])).values()].sort(newestFirst)

const newestFirst = (one: TaskResource, other: TaskResource): number =>
  Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? 1 : -1)
