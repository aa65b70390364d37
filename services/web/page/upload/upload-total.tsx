import { Button } from '../design/button.tsx'
import { ProgressBar } from '../design/progress-bar.tsx'
import { t } from '../i18n/translate.ts'
import type { UploadQueue } from './create-upload-queue.ts'
import { isGoing, type QueuedUpload } from './queued-upload.ts'
import { sayNumbers } from './say-numbers.ts'
import { sumUpUploads } from './sum-up-uploads.ts'

/** All uploads together, and what can be done about all of them; nothing as long as there are not several. */
export const UploadTotal = ({ uploads, queue }: { uploads: readonly QueuedUpload[]; queue: UploadQueue }) => {
  const totals = sumUpUploads(uploads)
  const canPause = uploads.filter(isGoing).length > 1
  const canResume = uploads.filter(({ status }) => status.kind === 'paused').length > 1
  const toReopen = uploads.filter(({ status }) => status.kind === 'needs-file' && status.canOpen)
  if (uploads.length < 2 || (!canPause && !canResume && toReopen.length < 2)) return null
  const reopenAll = async () => {
    for (const { id } of toReopen) await queue.reopen(id)
  }
  return (
    <div class="card upload-total">
      {totals !== undefined && (
        <>
          <p class="upload-status">
            <strong>{t('uploads.total', { count: totals.count, done: totals.doneCount })}</strong>
            <span class="soft">{sayNumbers(totals)}</span>
          </p>
          <ProgressBar share={totals.sentBytes / totals.sizeBytes} label={t('uploads.totalLabel')} />
        </>
      )}
      <div class="upload-actions">
        {toReopen.length > 1 && (
          <Button kind="quiet" icon="play" onClick={() => void reopenAll()}>
            {t('uploads.continueAll')}
          </Button>
        )}
        {canPause && (
          <Button kind="quiet" icon="pause" onClick={queue.pauseAll}>
            {t('uploads.pauseAll')}
          </Button>
        )}
        {canResume && (
          <Button kind="quiet" icon="play" onClick={queue.resumeAll}>
            {t('uploads.resumeAll')}
          </Button>
        )}
        <Button kind="quiet" icon="close" onClick={queue.cancelAll}>
          {t('uploads.cancelAll')}
        </Button>
      </div>
    </div>
  )
}
