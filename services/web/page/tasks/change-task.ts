import type { TaskResource } from '../../tasks/task-schema.ts'
import { explainError } from '../api/explain-error.ts'
import { callLoggedIn } from '../session/call-logged-in.ts'
import { showToast } from '../shell/toast.ts'
import { takeTask } from './task-store.ts'
import { tellChange } from './tell-change.ts'

/** Cancels a task, or has it converted again, and shows what came of it. */
export const changeTask = async (task: TaskResource, change: 'cancel' | 'retry'): Promise<void> => {
  try {
    const changed = await callLoggedIn<TaskResource>({ method: 'POST', path: `/api/tasks/${task.id}/${change}` })
    tellChange(takeTask(changed), changed)
  } catch (error) {
    const { title, detail } = explainError(error)
    showToast({ text: `${title}. ${detail}`, kind: 'bad', shownMillis: 10_000 })
  }
}
