import { useSignal } from '@preact/signals'
import type { AssetResource } from '../../assets/asset-schema.ts'
import { Icon } from '../design/icon.tsx'

/** What a picture or clip looks like: a clip by its first frame, where the browser can decode it. */
export const AssetPicture = ({ asset }: { asset: Pick<AssetResource, 'url' | 'kind'> }) => {
  const isUnseen = useSignal(false)
  const { url, kind } = asset
  const onError = () => {
    isUnseen.value = true
  }
  return (
    <span class="asset-picture">
      {url === null || isUnseen.value ? (
        <Icon name={kind === 'clip' ? 'film' : 'picture'} />
      ) : kind === 'clip' ? (
        // biome-ignore lint/a11y/useMediaCaption: it is not played
        <video src={url} preload="metadata" muted playsInline tabIndex={-1} onError={onError} />
      ) : (
        <img src={url} alt="" loading="lazy" onError={onError} />
      )}
    </span>
  )
}
