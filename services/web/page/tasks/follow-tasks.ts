import { signal } from '@preact/signals'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { callApi } from '../api/call-api.ts'
import { forgetTask, loadTasks, takeTask } from './task-store.ts'
import { tellChange } from './tell-change.ts'

/** Between two looks while there are no live updates, and before these are tried again. */
const POLL_MILLIS = 5_000
const AGAIN_MILLIS = 30_000
/** A stream that breaks comes back by itself; only one that stays away is told of. */
const PATIENCE_MILLIS = 4_000

/** Whether changes of tasks arrive as they happen, or are asked for every few seconds. */
export const updates = signal<'live' | 'polled'>('live')

/**
 * Keeps the list of tasks up to date until `stop` aborts: by the stream of events, which the browser opens again by itself; by asking every
 * few seconds while there is none.
 */
export const followTasks = (stop: AbortSignal): void => {
  const events = new EventSource('/api/tasks/events')
  let late: ReturnType<typeof setTimeout> | undefined
  const lost = () => {
    late ??= setTimeout(() => {
      updates.value = 'polled'
    }, PATIENCE_MILLIS)
    if (events.readyState !== EventSource.CLOSED) return
    // Refused: by a session that ended, which the next call finds out, or because too many streams are open.
    poll(stop)
  }
  const found = () => {
    clearTimeout(late)
    late = undefined
    updates.value = 'live'
  }
  events.addEventListener('error', lost)
  events.addEventListener('open', found)
  // What changed before the stream was there: the list is loaded after it is.
  events.addEventListener('ready', () => loadTasks())
  events.addEventListener('reload', () => loadTasks())
  events.addEventListener('task', ({ data }) => {
    const task: TaskResource = JSON.parse(data)
    tellChange(takeTask(task), task)
  })
  events.addEventListener('task-removed', ({ data }) => {
    const { id }: { id: string } = JSON.parse(data)
    forgetTask(id)
  })
  stop.addEventListener('abort', () => {
    clearTimeout(late)
    events.close()
    updates.value = 'live'
  })
}

const poll = (stop: AbortSignal): void => {
  const ask = async () => {
    await callApi<unknown>({ path: '/api/me' }).then(loadTasks, () => undefined)
  }
  const asking = setInterval(ask, POLL_MILLIS)
  const again = setTimeout(() => {
    clearInterval(asking)
    if (!stop.aborted) followTasks(stop)
  }, AGAIN_MILLIS)
  stop.addEventListener('abort', () => {
    clearInterval(asking)
    clearTimeout(again)
  })
  void ask()
}
