import { useSignal } from '@preact/signals'
import { pictureExtensions, videoExtensions } from '@reelway/shared/uploads/source-extensions.ts'
import type { RefObject } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'

/**
 * Takes pictures and clips: picked, dropped here or pasted. What is dropped here is no video to be converted: the page does not get to see it.
 * The input can take the focus.
 */
export const AddAsset = (props: {
  input: RefObject<HTMLInputElement | null>
  picturesOnly: boolean
  onFiles: (files: File[]) => void
}) => {
  const { input, picturesOnly, onFiles } = props
  const id = useId()
  const isOver = useSignal(false)
  const take = (event: Event, files: FileList | null | undefined) => {
    event.preventDefault()
    event.stopPropagation()
    isOver.value = false
    if (files != null && files.length > 0) onFiles([...files])
  }
  const over = (value: boolean) => (event: DragEvent) => {
    event.preventDefault()
    event.stopPropagation()
    isOver.value = value
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is dropped can also be picked by the input
    <div
      class={isOver.value ? 'asset-add asset-add-over' : 'asset-add'}
      onDragEnter={over(true)}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => take(event, event.dataTransfer?.files)}
      onPaste={(event) => take(event, event.clipboardData?.files)}
    >
      <input
        ref={input}
        id={id}
        class="asset-input"
        type="file"
        multiple
        accept={accepted(picturesOnly)}
        onChange={(event) => {
          take(event, event.currentTarget.files)
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
