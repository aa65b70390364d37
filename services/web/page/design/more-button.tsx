import { useSignal } from '@preact/signals'
import { explainError } from '../api/explain-error.ts'
import { t } from '../i18n/translate.ts'
import { showToast } from '../shell/toast.ts'
import { Button } from './button.tsx'

/** Loads the next page of a list by `load`, which throws ApiError. */
export const MoreButton = ({ load }: { load: () => Promise<void> }) => {
  const busy = useSignal(false)
  const loadMore = async () => {
    busy.value = true
    try {
      await load()
    } catch (error) {
      showToast({ text: explainError(error).title, kind: 'bad', shownMillis: 8_000 })
    } finally {
      busy.value = false
    }
  }
  return (
    <p class="more-line">
      <Button busy={busy.value} onClick={loadMore}>
        {t('shell.more')}
      </Button>
    </p>
  )
}
