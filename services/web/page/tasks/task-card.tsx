import { useSignal } from '@preact/signals'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { formatAgo } from '../i18n/format.ts'
import { presetTitle } from '../options/preset-text.ts'
import { TaskActions } from './task-actions.tsx'
import { TaskFacts } from './task-facts.tsx'
import { TaskPicture } from './task-picture.tsx'
import { TaskState } from './task-state.tsx'

/** One task of the list: what it is, how it stands, and what can be done with it. `onGone` is called when it leaves the list. */
export const TaskCard = ({ task, onGone }: { task: TaskResource; onGone: () => void }) => {
  const now = useSignal(new Date())
  const isWatching = useSignal(false)
  const titleId = `task-${task.id}`
  const created = new Date(task.createdAt)
  return (
    <li class={`card task task-${task.status}`} aria-labelledby={titleId}>
      <TaskPicture task={task} isWatching={isWatching} />
      <div class="task-body">
        <h3 id={titleId} class="task-name" title={task.fileName}>
          {task.fileName}
        </h3>
        <p class="task-line soft">
          <span>{presetTitle(task.preset)}</span>
          <time dateTime={task.createdAt} title={created.toLocaleString()}>
            {formatAgo(created, now.value)}
          </time>
        </p>
        <TaskState task={task} />
        {task.status === 'completed' && <TaskFacts task={task} />}
        <TaskActions task={task} isWatching={isWatching} onGone={onGone} />
      </div>
    </li>
  )
}
