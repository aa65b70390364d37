import { useSignal } from '@preact/signals'
import { pictureExtensions, videoExtensions } from '@reelway/shared/uploads/source-extensions.ts'
import type { RefObject } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Icon } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'
import { listenForFiles } from '../upload/listen-for-files.ts'

/**
 * Takes pictures and clips: picked, or dropped or pasted anywhere on the dialog that it is in. The page behind does not take those. The input
 * can take the focus.
 */
export const AddAsset = (props: {
  input: RefObject<HTMLInputElement | null>
  picturesOnly: boolean
  onFiles: (files: File[]) => void
}) => {
  const { input, picturesOnly, onFiles } = props
  const id = useId()
  const isOver = useSignal(false)
  const take = useRef(onFiles)
  take.current = onFiles
  useEffect(() => {
    const dialog = input.current?.closest('dialog')
    return dialog
      ? listenForFiles(dialog, {
          hover: (value) => {
            isOver.value = value
          },
          take: ({ files }) => take.current([...files]),
        })
      : undefined
  }, [input, isOver])
  return (
    <div class={isOver.value ? 'asset-add asset-add-over' : 'asset-add'}>
      <input
        ref={input}
        id={id}
        class="asset-input"
        type="file"
        multiple
        accept={accepted(picturesOnly)}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file can be given again.
          event.currentTarget.value = ''
        }}
      />
      <label for={id}>
        <Icon name="upload" />
        {t(picturesOnly ? 'assets.addPicture' : 'assets.add')}
      </label>
      <p class="soft">{t(picturesOnly ? 'assets.addPictureHint' : 'assets.addHint')}</p>
    </div>
  )
}

const accepted = (picturesOnly: boolean): string =>
  (picturesOnly ? pictureExtensions : [...pictureExtensions, ...videoExtensions])
    .map((extension) => `.${extension}`)
    .join(',')
