import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { explainError } from '../api/explain-error.ts'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icon.tsx'
import { MoreButton } from '../design/more-button.tsx'
import { Notice } from '../design/notice.tsx'
import { t } from '../i18n/translate.ts'
import { loadPresets } from '../options/presets.ts'
import { session } from '../session/session.ts'
import { isOnline } from '../shell/network.ts'
import { conversionShare } from '../shell/page-title.ts'
import { tasksUnderWay } from '../upload/tasks-under-way.ts'
import { finishDeletions } from './delete-task.ts'
import { followTasks, updates } from './follow-tasks.ts'
import { TaskCard } from './task-card.tsx'
import { forgetTasks, hasMoreTasks, listLoad, loadMoreTasks, loadTasks, shownTasks } from './task-store.ts'
import './tasks.css'

/** The user's tasks, kept up to date while it is shown. */
export const TaskList = () => {
  useEffect(() => {
    // Without them the formats have names instead of titles.
    loadPresets().catch(() => undefined)
  }, [])
  const heading = useRef<HTMLHeadingElement>(null)
  useSignalEffect(() => {
    if (session.value.kind !== 'user') return
    const stop = new AbortController()
    followTasks(stop.signal)
    return () => {
      stop.abort()
      if (session.peek().kind !== 'nobody') return
      finishDeletions()
      forgetTasks()
    }
  })
  useSignalEffect(() => {
    const running = shownTasks.value.filter(({ status }) => status === 'processing')
    const done = running.reduce((sum, { progress }) => sum + progress, 0)
    conversionShare.value = running.length === 0 ? undefined : done / running.length
  })
  const tasks = shownTasks.value.filter(
    ({ id, status }) => status !== 'awaiting_upload' || !tasksUnderWay.value.has(id),
  )
  return (
    <section aria-labelledby="tasks-heading" class="tasks">
      <h2 id="tasks-heading" tabIndex={-1} ref={heading}>
        {t('tasks.heading')}
      </h2>
      <Network />
      <ul class="task-cards" aria-busy={listLoad.value.kind === 'loading'}>
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} onGone={() => heading.current?.focus()} />
        ))}
      </ul>
      {tasks.length === 0 && <NoTasks />}
      {hasMoreTasks.value && <MoreButton load={loadMoreTasks} />}
    </section>
  )
}

const Network = () => {
  if (!isOnline.value) return <Notice kind="info" title={t('shell.offline')} />
  return updates.value === 'polled' ? <Notice kind="info" title={t('shell.polling')} /> : null
}

const NoTasks = () => {
  const { value } = listLoad
  if (value.kind === 'loading') {
    return (
      <div class="task-ghosts">
        <p class="unseen">{t('shell.loading')}</p>
        <div class="card task-ghost" />
        <div class="card task-ghost" />
      </div>
    )
  }
  if (value.kind === 'failed') {
    return (
      <Notice kind="bad" {...explainError(value.error)} title={t('tasks.loadFailed')}>
        <p>
          <Button icon="retry" onClick={loadTasks}>
            {t('shell.retry')}
          </Button>
        </p>
      </Notice>
    )
  }
  return (
    <div class="task-none">
      <Icon name="film" />
      <h3>{t('tasks.emptyTitle')}</h3>
      <p class="soft">{t('tasks.empty')}</p>
    </div>
  )
}
