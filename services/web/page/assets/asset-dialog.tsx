import { useSignal } from '@preact/signals'
import { useCallback, useEffect, useRef } from 'preact/hooks'
import type { AssetResource } from '../../assets/asset-schema.ts'
import { explainError } from '../api/explain-error.ts'
import { Dialog } from '../design/dialog.tsx'
import { MoreButton } from '../design/more-button.tsx'
import { Notice } from '../design/notice.tsx'
import type { ErrorText } from '../i18n/error-texts.ts'
import { t } from '../i18n/translate.ts'
import { AddAsset } from './add-asset.tsx'
import { assets, hasMoreAssets, loadAssets, loadMoreAssets } from './asset-store.ts'
import { AssetTile } from './asset-tile.tsx'
import { AssetUploadLine } from './asset-upload-line.tsx'
import { addAsset, assetUploads, restoreAssetUploads } from './asset-uploads.ts'
import { isPictureName } from './is-picture-name.ts'

export type AssetDialogProps = {
  title: string
  /** the id of the one that is chosen */
  chosen: string | undefined
  /** clips cannot lie on a video */
  picturesOnly: boolean
  onChoose: (asset: AssetResource) => void
  onClose: () => void
}

/** The user's pictures and clips: one is chosen, new ones are added, and old ones deleted. */
export const AssetDialog = ({ title, chosen, picturesOnly, onChoose, onClose }: AssetDialogProps) => {
  const fault = useSignal<ErrorText | undefined>(undefined)
  const adding = useRef<HTMLInputElement>(null)
  const load = useCallback(
    async (some: () => Promise<void>) => {
      try {
        await some()
      } catch (error) {
        fault.value = { ...explainError(error), title: t('assets.failed') }
      }
    },
    [fault],
  )
  useEffect(() => {
    void load(loadAssets)
    void restoreAssetUploads()
  }, [load])
  const isOpen = useRef(true)
  useEffect(
    () => () => {
      isOpen.current = false
    },
    [],
  )
  const add = async (given: readonly File[]) => {
    const files = given.filter(({ name }) => !picturesOnly || isPictureName(name))
    fault.value = files.length < given.length ? { title: t('assets.picturesOnly'), detail: '' } : undefined
    const added = await Promise.all(files.map(addAsset))
    const [only] = added
    // What was added alone was added to be used.
    if (isOpen.current && added.length === 1 && only !== undefined) onChoose(only)
    else if (assets.peek() === undefined) await load(loadAssets)
  }
  const fitting = assets.value?.filter(({ kind }) => kind === 'picture' || !picturesOnly)
  return (
    <Dialog title={title} onClose={onClose}>
      <AddAsset input={adding} picturesOnly={picturesOnly} onFiles={(files) => void add(files)} />
      {fault.value !== undefined && <Notice kind="bad" {...fault.value} />}
      {assetUploads.value.length > 0 && (
        <ul class="asset-uploads">
          {assetUploads.value.map((upload) => (
            <AssetUploadLine key={upload.id} upload={upload} onGone={() => adding.current?.focus()} />
          ))}
        </ul>
      )}
      {fitting !== undefined && fitting.length > 0 && (
        <ul class="assets" aria-label={t('assets.list')}>
          {fitting.map((asset) => (
            <AssetTile
              key={asset.id}
              asset={asset}
              isChosen={asset.id === chosen}
              onChoose={() => onChoose(asset)}
              onGone={() => adding.current?.focus()}
            />
          ))}
        </ul>
      )}
      {hasMoreAssets.value && <MoreButton load={() => load(loadMoreAssets)} />}
      {fitting?.length === 0 && !hasMoreAssets.value && assetUploads.value.length === 0 && (
        <p class="soft">{t('assets.none')}</p>
      )}
      {fitting === undefined && fault.value === undefined && <p class="soft">{t('shell.loading')}</p>}
    </Dialog>
  )
}
