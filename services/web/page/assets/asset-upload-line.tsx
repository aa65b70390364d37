import { Icon } from '../design/icon.tsx'
import { ProgressBar } from '../design/progress-bar.tsx'
import { t } from '../i18n/translate.ts'
import type { AssetUpload } from './asset-uploads.ts'

/** A picture or clip on its way: how far it is, or why it was not taken. */
export const AssetUploadLine = ({ upload }: { upload: AssetUpload }) => {
  const { name, share, failure, end } = upload
  return (
    <li class="asset-upload" role={failure === null ? undefined : 'alert'}>
      <span class="asset-name">{name}</span>
      <button
        type="button"
        class="icon-button"
        aria-label={t('tasks.named', { action: t(failure === null ? 'uploads.cancel' : 'uploads.dismiss'), name })}
        onClick={end}
      >
        <Icon name="close" />
      </button>
      {failure === null ? (
        <ProgressBar share={share} label={t('uploads.progressLabel', { name })} />
      ) : (
        <p class="asset-failure">
          <strong>{failure.title}</strong> {failure.detail}
        </p>
      )}
    </li>
  )
}
