import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../design/icon.tsx'
import { ProgressBar } from '../design/progress-bar.tsx'
import { t } from '../i18n/translate.ts'
import type { AssetUpload } from './asset-uploads.ts'

/** A picture or clip on its way: how far it is, or why it was not taken. `onGone` is called when it goes and had the focus. */
export const AssetUploadLine = ({ upload, onGone }: { upload: AssetUpload; onGone: () => void }) => {
  const { name, share, state, note, failure, end } = upload
  const line = useRef<HTMLLIElement>(null)
  const gone = useRef(onGone)
  gone.current = onGone
  useEffect(
    () => () => {
      if (line.current?.contains(document.activeElement)) gone.current()
    },
    [],
  )
  return (
    <li class="asset-upload" ref={line} role={failure === null ? undefined : 'alert'}>
      <span class="asset-name">{name}</span>
      <button
        type="button"
        class="icon-button"
        aria-label={t('tasks.named', { action: t(state === 'failed' ? 'uploads.dismiss' : 'uploads.cancel'), name })}
        onClick={end}
      >
        <Icon name="close" />
      </button>
      {failure === null ? (
        <>
          <ProgressBar share={share} label={t('uploads.progressLabel', { name })} />
          {note !== null && (
            <p class="asset-note" role="status">
              {note}
            </p>
          )}
        </>
      ) : (
        <p class="asset-failure">
          <strong>{failure.title}</strong> {failure.detail}
        </p>
      )}
    </li>
  )
}
