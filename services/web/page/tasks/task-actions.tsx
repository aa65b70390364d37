import { type Signal, useSignal } from '@preact/signals'
import type { TaskResource } from '../../tasks/task-schema.ts'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'
import { canSucceed } from './can-succeed.ts'
import { changeTask } from './change-task.ts'
import { ConvertAgainDialog } from './convert-again-dialog.tsx'
import { deleteTask } from './delete-task.ts'
import { kindOfOutput, mainOutput } from './task-kind.ts'
import { WatchButton } from './watch-button.tsx'

/** What can be done with a task as it stands. */
export const TaskActions = (props: { task: TaskResource; isWatching: Signal<boolean>; onGone: () => void }) => {
  const { task, isWatching, onGone } = props
  const busy = useSignal(false)
  const isAgainOpen = useSignal(false)
  const named = (action: string) => t('tasks.named', { action, name: task.fileName })
  const change = async (what: 'cancel' | 'retry') => {
    busy.value = true
    await changeTask(task, what)
    busy.value = false
  }
  return (
    <div class="task-actions">
      {task.status === 'completed' && <ResultActions task={task} isWatching={isWatching} named={named} />}
      {canSucceed(task) && (
        <Button icon="retry" busy={busy.value} label={named(t('tasks.retry'))} onClick={() => change('retry')}>
          {t('tasks.retry')}
        </Button>
      )}
      {(task.status === 'queued' || task.status === 'processing') && (
        <Button busy={busy.value} label={named(t('tasks.cancel'))} onClick={() => change('cancel')}>
          {t('tasks.cancel')}
        </Button>
      )}
      {task.queuedAt !== null && (
        <Button
          kind={task.status === 'completed' ? 'quiet' : 'plain'}
          icon="again"
          label={named(t('tasks.again'))}
          onClick={() => {
            isAgainOpen.value = true
          }}
        >
          {t('tasks.again')}
        </Button>
      )}
      <button
        type="button"
        class="icon-button task-delete"
        aria-label={named(t('tasks.delete'))}
        title={t('tasks.delete')}
        onClick={() => {
          deleteTask(task)
          onGone()
        }}
      >
        <Icon name="trash" />
      </button>
      {isAgainOpen.value && (
        <ConvertAgainDialog
          task={task}
          onClose={() => {
            isAgainOpen.value = false
          }}
        />
      )}
    </div>
  )
}

const ResultActions = (props: {
  task: TaskResource
  isWatching: Signal<boolean>
  named: (action: string) => string
}) => {
  const { task, isWatching, named } = props
  const output = mainOutput(task)
  if (output === undefined) return null
  return (
    <>
      <WatchButton task={task} output={output} isWatching={isWatching} />
      {kindOfOutput(output) !== 'stream' && (
        <a class="button button-plain" href={output.url} aria-label={named(t('tasks.download'))}>
          <Icon name="download" />
          {t('tasks.download')}
        </a>
      )}
    </>
  )
}
