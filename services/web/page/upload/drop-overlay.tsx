import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Icon } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'
import type { GivenFile } from './given-file.ts'
import { holdsFiles, readDrop } from './read-drop.ts'

/** Takes files that are dropped or pasted anywhere on the page, and says so while they hover. What is no file goes on as ever. */
export const DropOverlay = ({ onFiles }: { onFiles: (files: Promise<GivenFile[]>) => void }) => {
  const isOver = useSignal(false)
  useEffect(() => {
    // Each element that is entered and left counts: the last one left is the window.
    let depth = 0
    const listen = new AbortController()
    const { signal } = listen
    const onDrag = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      addEventListener(
        type,
        (event) => {
          if (!holdsFiles(event.dataTransfer)) return
          event.preventDefault()
          act(event)
          isOver.value = depth > 0
        },
        { signal },
      )
    onDrag('dragenter', () => {
      depth += 1
    })
    onDrag('dragleave', () => {
      depth -= 1
    })
    onDrag('dragover', (event) => {
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
    })
    onDrag('drop', (event) => {
      depth = 0
      onFiles(readDrop(event.dataTransfer))
    })
    addEventListener(
      'paste',
      (event) => {
        if (!holdsFiles(event.clipboardData)) return
        event.preventDefault()
        onFiles(readDrop(event.clipboardData))
      },
      { signal },
    )
    return () => listen.abort()
  }, [onFiles])
  return isOver.value ? (
    <div class="drop-overlay" aria-hidden="true">
      <p>
        <Icon name="upload" />
        {t('uploads.dropNow')}
      </p>
    </div>
  ) : null
}
