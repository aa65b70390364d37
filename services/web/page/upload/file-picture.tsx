import { useSignal } from '@preact/signals'
import { soundExtensions } from '@reelway/shared/uploads/source-extensions.ts'
import { useEffect } from 'preact/hooks'
import { Icon, type IconName } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'

/** A frame of a file that is still on the person's disk; a sign where there is none. */
export const FilePicture = ({ file, name, atSeconds }: { file: Blob | null; name: string; atSeconds: number }) => {
  const address = useSignal<string | undefined>(undefined)
  useEffect(() => {
    let isCurrent = true
    const show = async (shown: Blob) => {
      const { askFrame } = await import('../probe/ask-probe.ts')
      const frame = await askFrame(shown, atSeconds)
      if (!isCurrent || frame === undefined) return
      if (address.peek() !== undefined) URL.revokeObjectURL(address.peek() ?? '')
      address.value = URL.createObjectURL(frame)
    }
    if (file !== null) void show(file)
    return () => {
      isCurrent = false
    }
  }, [file, atSeconds, address])
  useEffect(() => () => URL.revokeObjectURL(address.peek() ?? ''), [address])
  return (
    <div class="file-picture">
      {address.value === undefined ? (
        <Icon name={iconOf(name)} />
      ) : (
        <img src={address.value} alt={t('uploads.preview', { name })} />
      )}
    </div>
  )
}

const iconOf = (name: string): IconName =>
  soundExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`)) ? 'sound' : 'film'
