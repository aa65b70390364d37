import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Icon } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'
import type { GivenFile } from './given-file.ts'
import { listenForFiles } from './listen-for-files.ts'
import { readDrop } from './read-drop.ts'

/** Takes files that are dropped or pasted anywhere on the page, and says so while they hover; not behind a dialog, which may want them itself. */
export const DropOverlay = ({ onFiles }: { onFiles: (files: Promise<GivenFile[]>) => void }) => {
  const isOver = useSignal(false)
  useEffect(
    () =>
      listenForFiles(window, {
        mayTake: () => document.querySelector('dialog:modal') === null,
        hover: (value) => {
          isOver.value = value
        },
        take: (transfer) => onFiles(readDrop(transfer)),
      }),
    [onFiles, isOver],
  )
  return isOver.value ? (
    <div class="drop-overlay" aria-hidden="true">
      <p>
        <Icon name="upload" />
        {t('uploads.dropNow')}
      </p>
    </div>
  ) : null
}
