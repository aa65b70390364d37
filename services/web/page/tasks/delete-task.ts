import type { TaskResource } from '../../tasks/task-schema.ts'
import { ApiError } from '../api/api-error.ts'
import { t } from '../i18n/translate.ts'
import { callLoggedIn } from '../session/call-logged-in.ts'
import { showToast } from '../shell/toast.ts'
import { deletedTasks, forgetTask } from './task-store.ts'

/** How long a deletion can be undone; longer, while somebody points at what offers it. */
const UNDO_MILLIS = 8_000

const waiting = new Map<string, () => void>()

/** Hides a task, and deletes it when that has not been undone for a while; at once when the page is left. */
export const deleteTask = (task: TaskResource): void => {
  const { id, fileName: name } = task
  deletedTasks.value = new Set([...deletedTasks.peek(), id])
  const hideToast = showToast({
    text: t('tasks.deleted', { name }),
    kind: 'plain',
    shownMillis: UNDO_MILLIS,
    onGone: () => void finish(task, false),
    action: {
      label: t('shell.undo'),
      run: () => {
        waiting.delete(id)
        show(id)
      },
    },
  })
  waiting.set(id, () => {
    hideToast()
    void finish(task, true)
  })
}

/** Deletes at once what is only hidden, before the page or the session goes. */
export const finishDeletions = (): void => {
  for (const end of [...waiting.values()]) end()
}

addEventListener('pagehide', finishDeletions)

const finish = async ({ id, fileName: name }: TaskResource, keepalive: boolean): Promise<void> => {
  waiting.delete(id)
  try {
    await callLoggedIn<null>({ method: 'DELETE', path: `/api/tasks/${id}`, keepalive })
    forgetTask(id)
  } catch (error) {
    // Deleted in another window.
    if (error instanceof ApiError && error.code === 'task_not_found') forgetTask(id)
    else showToast({ text: t('tasks.deleteFailed', { name }), kind: 'bad', shownMillis: 10_000 })
  }
  show(id)
}

const show = (taskId: string): void => {
  deletedTasks.value = new Set([...deletedTasks.peek()].filter((id) => id !== taskId))
}
