import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { ApiError } from '../api/api-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { t } from '../i18n/translate.ts'
import { type Conversion, withOption } from '../options/conversion.ts'
import { loadPart } from '../shell/load-part.ts'
import type { AssetDialogProps } from './asset-dialog.tsx'
import { AssetPicture } from './asset-picture.tsx'
import { BookendSeconds, WatermarkPlace } from './asset-place.tsx'
import { askForAsset, findAsset } from './asset-store.ts'
import './assets.css'

type AssetFieldsProps = {
  name: 'intro' | 'outro' | 'watermark'
  value: Conversion
  onChange: (value: Conversion) => void
}

/** Which of the user's pictures and clips stands before, after or on the video, and how. */
export const AssetFields = ({ name, value, onChange }: AssetFieldsProps) => {
  const labelId = useId()
  const chooser = useRef<HTMLDivElement>(null)
  const ShownDialog = useSignal<ComponentType<AssetDialogProps> | undefined>(undefined)
  const id = value.options[name]?.asset
  useChosenAsset(id)
  const asset = id === undefined ? undefined : findAsset(id)
  const isNotLoaded = useSignal(false)
  const open = async () => {
    const loaded = await loadPart(() => import('./asset-dialog.tsx'))
    isNotLoaded.value = loaded === undefined
    ShownDialog.value = loaded?.AssetDialog
  }
  const close = () => {
    ShownDialog.value = undefined
  }
  const choose = (chosen: string) => {
    close()
    const before = value.options.watermark
    onChange(
      name === 'watermark'
        ? withOption(value, name, {
            position: 'bottom-right',
            opacity: 1,
            size: 0.15,
            margin: 0.03,
            ...before,
            asset: chosen,
          })
        : withOption(value, name, { asset: chosen }),
    )
  }
  const label = t(`options.${name}`)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a row
    <div class="field" role="group" aria-labelledby={labelId} ref={chooser}>
      <span class="field-name" id={labelId}>
        {label}
      </span>
      <div class="asset-field">
        {id !== undefined && <AssetPicture asset={asset ?? NO_PICTURE} />}
        {id !== undefined && <span class="asset-name">{asset === null ? t('assets.gone') : asset?.fileName}</span>}
        <Button
          icon={id === undefined ? 'picture' : undefined}
          label={`${t(id === undefined ? 'assets.choose' : 'assets.change')}: ${label}`}
          onClick={open}
        >
          {t(id === undefined ? 'assets.choose' : 'assets.change')}
        </Button>
        {id !== undefined && (
          <Button
            kind="quiet"
            label={`${t('assets.remove')}: ${label}`}
            onClick={() => {
              onChange(withOption(value, name, undefined))
              chooser.current?.querySelector('button')?.focus()
            }}
          >
            {t('assets.remove')}
          </Button>
        )}
      </div>
      {isNotLoaded.value && <Notice kind="bad" title={t('shell.notLoaded')} />}
      {name === 'watermark' ? (
        <WatermarkPlace value={value} onChange={onChange} />
      ) : (
        <BookendSeconds name={name} isPicture={asset?.kind === 'picture'} value={value} onChange={onChange} />
      )}
      {ShownDialog.value !== undefined && (
        <ShownDialog.value
          title={label}
          chosen={id}
          picturesOnly={name === 'watermark'}
          onChoose={(chosen) => choose(chosen.id)}
          onClose={close}
        />
      )}
    </div>
  )
}

const NO_PICTURE = { url: null, kind: 'picture' } as const

/** Asks for an asset that is chosen and not known. Until there is an answer it has neither a name nor a picture. */
const useChosenAsset = (id: string | undefined): void => {
  const isKnown = id === undefined || findAsset(id) !== undefined
  useEffect(() => {
    if (isKnown) return
    askForAsset(id).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error
    })
  }, [id, isKnown])
}
