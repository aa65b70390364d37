import { useSignal } from '@preact/signals'
import { explainError } from '../api/explain-error.ts'
import { Button } from '../design/button.tsx'
import { t } from '../i18n/translate.ts'
import { showToast } from '../shell/toast.ts'
import { loadMoreTasks } from './task-store.ts'

/** Loads the next page of the list. */
export const MoreTasks = () => {
  const busy = useSignal(false)
  const load = async () => {
    busy.value = true
    try {
      await loadMoreTasks()
    } catch (error) {
      showToast({ text: explainError(error).title, kind: 'bad', shownMillis: 8_000 })
    } finally {
      busy.value = false
    }
  }
  return (
    <p class="task-more">
      <Button busy={busy.value} onClick={load}>
        {t('tasks.more')}
      </Button>
    </p>
  )
}
