import { ProgressBar } from '../design/progress-bar.tsx'
import { t } from '../i18n/translate.ts'
import { presetTitle } from '../options/preset-text.ts'
import type { UploadQueue } from './create-upload-queue.ts'
import { describeChoiceFault } from './describe-choice-fault.ts'
import { describeFailure } from './describe-failure.ts'
import { FileFactsLine } from './file-facts-line.tsx'
import { FilePicture } from './file-picture.tsx'
import { isAskedFor, isOpenToChoice, type QueuedUpload } from './queued-upload.ts'
import { sayNumbers } from './say-numbers.ts'
import { sayStatus } from './say-status.ts'
import { UploadActions } from './upload-actions.tsx'
import { UploadChoice } from './upload-choice.tsx'

/** One upload: its file, how it is doing, what can be done about it, and what it is to become. */
export const UploadCard = ({ upload, queue }: { upload: QueuedUpload; queue: UploadQueue }) => {
  const { id, fileName, file, sentBytes, sizeBytes, status, choice, choiceFault } = upload
  const isRefused = status.kind === 'refused'
  const canChoose = isOpenToChoice(upload)
  // But for the last bytes, which wait.
  const shown = status.kind === 'choosing' ? { ...upload, sentBytes: sizeBytes } : upload
  const hasNumbers = !isRefused && status.kind !== 'elsewhere' && (choiceFault === undefined || sentBytes > 0)
  return (
    <li class={`card upload upload-${status.kind}`} data-upload={status.kind}>
      <FilePicture file={isRefused ? null : file} name={fileName} atSeconds={choice.options.trim?.startSeconds ?? 0} />
      <div class="upload-body">
        <h3 class="upload-name" title={fileName} tabIndex={-1}>
          {fileName}
        </h3>
        {file !== null && !isRefused && <FileFactsLine file={file} />}
        {hasNumbers && (
          <ProgressBar share={shown.sentBytes / sizeBytes} label={t('uploads.progressLabel', { name: fileName })} />
        )}
        <p class="upload-status">
          <span class="upload-state">{sayStatus(upload)}</span>
          {hasNumbers && <span class="soft">{sayNumbers(shown)}</span>}
        </p>
        {choiceFault !== undefined && <p class="upload-unsuitable">{describeChoiceFault(choiceFault)}</p>}
        {status.kind === 'failed' && <p class="upload-failure">{describeFailure(status.failure).detail}</p>}
        {canChoose && !isAskedFor(upload) && (
          <p class="soft">{t('uploads.convertTo', { preset: presetTitle(choice.preset) })}</p>
        )}
      </div>
      <UploadActions upload={upload} queue={queue} canChoose={canChoose} />
      {isAskedFor(upload) && (
        <UploadChoice upload={upload} onChange={(next, isMore) => queue.choose(id, next, isMore)} />
      )}
    </li>
  )
}
