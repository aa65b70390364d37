import { useSignal } from '@preact/signals'
import type { AssetResource } from '../../assets/asset-schema.ts'
import { Icon } from '../design/icon.tsx'

/** What a picture or clip looks like: a clip by its first frame, where the browser can decode it. */
export const AssetPicture = ({ asset }: { asset: Pick<AssetResource, 'url' | 'kind'> }) => {
  const brokenUrl = useSignal<string | null>(null)
  const { url, kind } = asset
  const onError = () => {
    brokenUrl.value = url
  }
  return (
    <span class="asset-picture">
      {url === null || url === brokenUrl.value ? (
        <Icon name={kind === 'clip' ? 'film' : 'picture'} />
      ) : kind === 'clip' ? (
        // An iPhone shows no frame that it was not sent to.
        <video src={`${url}#t=0.001`} preload="metadata" muted playsInline tabIndex={-1} onError={onError} />
      ) : (
        <img src={url} alt="" loading="lazy" onError={onError} />
      )}
    </span>
  )
}
