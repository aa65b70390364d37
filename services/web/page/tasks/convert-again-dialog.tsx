import { useSignal } from '@preact/signals'
import type { TaskResource } from '../../tasks/task-schema.ts'
import type { FieldError } from '../api/api-error.ts'
import { ApiError } from '../api/api-error.ts'
import { explainError } from '../api/explain-error.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/notice.tsx'
import type { ErrorText } from '../i18n/error-texts.ts'
import { t } from '../i18n/translate.ts'
import type { Conversion } from '../options/conversion.ts'
import { ConversionForm } from '../options/conversion-form.tsx'
import { callLoggedIn } from '../session/call-logged-in.ts'
import { takeTask } from './task-store.ts'

/** Converts the video of a task once more, to something else. */
export const ConvertAgainDialog = ({ task, onClose }: { task: TaskResource; onClose: () => void }) => {
  const conversion = useSignal<Conversion>({ preset: task.preset, options: task.options })
  const error = useSignal<ErrorText | undefined>(undefined)
  const fields = useSignal<readonly FieldError[]>([])
  const busy = useSignal(false)
  const start = async (event: SubmitEvent) => {
    event.preventDefault()
    if (busy.value) return
    busy.value = true
    error.value = undefined
    fields.value = []
    try {
      const body = { sourceTaskId: task.id, ...conversion.value }
      const made = await callLoggedIn<{ task: TaskResource }>({ method: 'POST', path: '/api/tasks', body })
      takeTask(made.task)
      onClose()
    } catch (caught) {
      error.value = explainError(caught)
      fields.value = caught instanceof ApiError ? caught.fields : []
    } finally {
      busy.value = false
    }
  }
  return (
    <Dialog size="form" title={t('tasks.againTitle')} onClose={onClose}>
      <p>
        <strong class="again-name">{task.fileName}</strong>
        <span class="soft">{t('tasks.againHint')}</span>
      </p>
      <form class="form" onSubmit={start}>
        <ConversionForm
          value={conversion.value}
          errors={fields.value}
          onChange={(value) => {
            conversion.value = value
          }}
        />
        {error.value !== undefined && <Notice kind="bad" {...error.value} />}
        <Button type="submit" kind="primary" icon="again" busy={busy.value}>
          {t('tasks.againStart')}
        </Button>
      </form>
    </Dialog>
  )
}
