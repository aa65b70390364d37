import type { TaskResource } from '../../tasks/task-schema.ts'
import { Icon, type IconName } from '../design/icon.tsx'
import { ProgressBar } from '../design/progress-bar.tsx'
import { formatPercent } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { translateError } from '../i18n/translate-error.ts'
import { mainOutput } from './task-kind.ts'

/** How a task stands, in words that a person understands; when it failed, why, and what to do about it. */
export const TaskState = ({ task }: { task: TaskResource }) => {
  switch (task.status) {
    case 'awaiting_upload':
      return <Line kind="wait" icon="upload" text={t('tasks.awaiting_upload')} hint={t('tasks.awaitingHint')} />
    case 'queued':
      return <Line kind="wait" icon="clock" text={t('tasks.queued')} />
    case 'processing':
      return <Converting task={task} />
    case 'completed':
      return (
        <Line kind="good" icon="check" text={mainOutput(task)?.copied ? t('tasks.copied') : t('tasks.completed')} />
      )
    case 'failed':
      return <Failed task={task} />
    case 'cancelled':
      return <Line kind="wait" icon="close" text={t('tasks.cancelled')} />
    case 'expired':
      return <Line kind="wait" icon="clock" text={t('tasks.expired')} hint={t('tasks.expiredHint')} />
    default:
      return task.status satisfies never
  }
}

const Line = (props: { kind: 'wait' | 'good'; icon: IconName; text: string; hint?: string }) => (
  <div>
    <p class={`task-status task-status-${props.kind}`}>
      <Icon name={props.icon} />
      {props.text}
    </p>
    {props.hint !== undefined && <p class="soft">{props.hint}</p>}
  </div>
)

const Converting = ({ task }: { task: TaskResource }) => {
  const isKnown = task.progress > 0
  return (
    <div class="task-progress">
      <p class="task-status task-status-wait">
        {isKnown ? t('tasks.processingPercent', { percent: formatPercent(task.progress) }) : t('tasks.processing')}
      </p>
      <ProgressBar share={isKnown ? task.progress : undefined} label={t('tasks.progress', { name: task.fileName })} />
    </div>
  )
}

const Failed = ({ task }: { task: TaskResource }) => {
  const error = task.error === null ? undefined : translateError(task.error.code, task.error.message)
  return (
    <div class="task-failed">
      <p class="task-status task-status-bad">
        <Icon name="alert" />
        {t('tasks.failed')}
      </p>
      {error !== undefined && (
        <div class="task-why">
          <strong>{error.title}</strong>
          <p>{error.detail}</p>
          {isToBeReported(task.error?.code) && <p class="soft">{t('tasks.report', { id: task.id })}</p>}
        </div>
      )}
    </div>
  )
}

/** What asks to be told of: the fault may be ours. */
const isToBeReported = (code: string | undefined): boolean =>
  code === 'conversion_failed' || code === 'internal' || code === 'attempts_exhausted'
