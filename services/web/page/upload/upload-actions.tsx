import { Button } from '../design/button.tsx'
import type { IconName } from '../design/icon.tsx'
import type { TextKey } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import type { UploadQueue } from './create-upload-queue.ts'
import { isAskedFor, isStuck, type QueuedUpload } from './queued-upload.ts'

/** The id of the heading above the uploads. */
export const UPLOADS_HEADING = 'uploads-heading'

type Action = 'pause' | 'resume' | 'reopen' | 'retry' | 'change' | 'cancel' | 'dismiss'

/** What can be done about an upload. */
export const UploadActions = (props: { upload: QueuedUpload; queue: UploadQueue; canChoose: boolean }) => {
  const { upload, queue, canChoose } = props
  const { id, fileName, choice } = upload
  const run: Record<Action, () => void> = {
    pause: () => queue.pause(id),
    resume: () => queue.resume(id),
    retry: () => queue.resume(id),
    reopen: () => void queue.reopen(id),
    change: () => queue.choose(id, choice, true),
    cancel: () => {
      queue.cancel(id)
      focusUploads()
    },
    dismiss: () => {
      queue.dismiss(id)
      focusUploads()
    },
  }
  return (
    <div class="upload-actions">
      {actionsFor(upload, canChoose).map((action) => {
        const { text, icon } = LOOKS[action]
        const label = t('uploads.named', { action: t(text), name: fileName })
        return (
          <Button
            // One button for both ways: it keeps the focus.
            key={TOGGLES.includes(action) ? 'toggle' : action}
            kind="quiet"
            icon={icon}
            label={label}
            // The second click of a double click would hit the button that has come into this one's place.
            onClick={({ detail }) => detail <= 1 && run[action]()}
          >
            {t(text)}
          </Button>
        )
      })}
    </div>
  )
}

const TOGGLES: readonly Action[] = ['pause', 'resume', 'retry', 'reopen']

/** What had the focus is gone: it goes on from the beginning of the uploads. */
const focusUploads = (): void => document.getElementById(UPLOADS_HEADING)?.focus()

const LOOKS = {
  pause: { text: 'uploads.pause', icon: 'pause' },
  resume: { text: 'uploads.resume', icon: 'play' },
  retry: { text: 'uploads.retry', icon: 'retry' },
  reopen: { text: 'uploads.continue', icon: 'play' },
  change: { text: 'uploads.change', icon: 'film' },
  cancel: { text: 'uploads.cancel', icon: 'close' },
  dismiss: { text: 'uploads.dismiss', icon: 'close' },
} as const satisfies Record<Action, { text: TextKey; icon: IconName }>

const actionsFor = (upload: QueuedUpload, canChoose: boolean): Action[] => {
  const { status } = upload
  const change: Action[] = canChoose && !isAskedFor(upload) ? ['change'] : []
  if (isStuck(upload)) return ['cancel']
  switch (status.kind) {
    case 'in-line':
    case 'starting':
    case 'sending':
    case 'trying-again':
      return [...change, 'pause', 'cancel']
    case 'choosing':
      return [...change, 'cancel']
    case 'paused':
      return ['resume', 'cancel']
    case 'failed':
      return [...change, 'retry', 'cancel']
    case 'needs-file':
      return status.canOpen ? ['reopen', 'cancel'] : ['cancel']
    case 'done':
    case 'refused':
      return ['dismiss']
    case 'finishing':
    case 'elsewhere':
      return []
    default:
      return status satisfies never
  }
}
