import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { AssetResource } from '../../assets/asset-schema.ts'
import { explainError } from '../api/explain-error.ts'
import { Button } from '../design/button.tsx'
import { Icon } from '../design/icon.tsx'
import { formatBytes } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { AssetPicture } from './asset-picture.tsx'
import { deleteAsset } from './asset-store.ts'

/** A picture or clip to be chosen, or deleted, which is asked for a second time. `onGone` is called when it was. */
export const AssetTile = (props: {
  asset: AssetResource
  isChosen: boolean
  onChoose: () => void
  onGone: () => void
}) => {
  const { asset, isChosen, onChoose, onGone } = props
  const { fileName: name } = asset
  const isAsking = useSignal(false)
  const busy = useSignal(false)
  const fault = useSignal<string | undefined>(undefined)
  const tile = useRef<HTMLLIElement>(null)
  const hasAsked = useRef(false)
  useEffect(() => {
    // The button that was pressed is gone: the focus goes to the one that does no harm, and back.
    if (isAsking.value) hasAsked.current = true
    if (hasAsked.current) tile.current?.querySelector<HTMLElement>('.asset-sure > :last-child, .asset-delete')?.focus()
  }, [isAsking.value])
  const remove = async () => {
    busy.value = true
    fault.value = undefined
    try {
      await deleteAsset(asset.id)
      onGone()
    } catch (error) {
      fault.value = explainError(error).title
      busy.value = false
    }
  }
  return (
    <li class="asset" ref={tile}>
      <button type="button" class="asset-choice" aria-pressed={isChosen} onClick={onChoose}>
        <AssetPicture asset={asset} />
        <span class="asset-name">{name}</span>
        <span class="asset-size">{formatBytes(asset.sizeBytes)}</span>
      </button>
      {isAsking.value ? (
        <div class="asset-sure">
          <p role="alert">{fault.value ?? t('assets.deleteSure')}</p>
          <Button
            kind="danger"
            busy={busy.value}
            label={t('tasks.named', { action: t('tasks.delete'), name })}
            onClick={remove}
          >
            {t('tasks.delete')}
          </Button>
          <Button
            kind="quiet"
            label={t('tasks.named', { action: t('assets.keep'), name })}
            onClick={() => {
              isAsking.value = false
            }}
          >
            {t('assets.keep')}
          </Button>
        </div>
      ) : (
        <button
          type="button"
          class="icon-button asset-delete"
          aria-label={t('tasks.named', { action: t('tasks.delete'), name })}
          title={t('tasks.delete')}
          onClick={() => {
            isAsking.value = true
          }}
        >
          <Icon name="trash" />
        </button>
      )}
    </li>
  )
}
