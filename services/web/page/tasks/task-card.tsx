import { useSignal } from '@preact/signals'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { Icon, type IconName } from '../design/icon.tsx'
import { formatAgo } from '../i18n/format.ts'
import { presetTitle } from '../options/preset-text.ts'
import { TaskActions } from './task-actions.tsx'
import { TaskFacts } from './task-facts.tsx'
import { kindOfOutput, mainOutput } from './task-kind.ts'
import { TaskState } from './task-state.tsx'

/** One task of the list: what it is, how it stands, and what can be done with it. `onGone` is called when it leaves the list. */
export const TaskCard = ({ task, onGone }: { task: TaskResource; onGone: () => void }) => {
  const now = useSignal(new Date())
  const titleId = `task-${task.id}`
  const created = new Date(task.createdAt)
  return (
    <li class={`card task task-${task.status}`} aria-labelledby={titleId}>
      <div class="task-picture">
        <TaskPicture task={task} />
      </div>
      <div class="task-body">
        <h3 id={titleId} class="task-name">
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
        <TaskActions task={task} onGone={onGone} />
      </div>
    </li>
  )
}

const TaskPicture = ({ task }: { task: TaskResource }) => {
  const output = mainOutput(task)
  if (output !== undefined && kindOfOutput(output) === 'picture') {
    return <img src={output.url} alt="" loading="lazy" />
  }
  return <Icon name={iconOf(task)} />
}

const iconOf = (task: TaskResource): IconName => {
  const output = mainOutput(task)
  const isSound = output === undefined ? task.contentType.startsWith('audio/') : kindOfOutput(output) === 'sound'
  return isSound ? 'sound' : 'film'
}
