import type { TaskResource } from '../../tasks/task-schema.ts'
import { formatPercent } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { announce } from '../shell/announce.ts'
import { notify } from '../shell/notifications.ts'
import { quarterPassed } from './quarter-passed.ts'

/** What is said when a task comes to a status; nothing of what its owner does with it by hand elsewhere. */
const SENTENCES = {
  queued: 'tasks.announceQueued',
  processing: 'tasks.announceProcessing',
  completed: 'tasks.announceCompleted',
  failed: 'tasks.announceFailed',
  cancelled: 'tasks.announceCancelled',
  awaiting_upload: undefined,
  expired: undefined,
} as const satisfies Record<TaskResource['status'], string | undefined>

/** Says what has become of a task to who does not see it: start, quarters and end to screen readers, the end as a notification. */
export const tellChange = (before: TaskResource | undefined, now: TaskResource): void => {
  if (before === undefined) return
  const { id, fileName: name, status } = now
  if (before.status !== status) {
    const sentence = SENTENCES[status]
    if (sentence !== undefined) announce(t(sentence, { name }))
    if (status === 'completed') notify(t('tasks.notifyReady'), name, id)
    if (status === 'failed') notify(t('tasks.notifyFailed'), name, id)
    return
  }
  const quarter = quarterPassed(before.progress, now.progress)
  if (status === 'processing' && quarter !== undefined) {
    announce(t('tasks.announceQuarter', { name, percent: formatPercent(quarter) }))
  }
}
