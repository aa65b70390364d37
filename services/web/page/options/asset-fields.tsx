import { t } from '../i18n/translate.ts'
import { assets, useAssets } from './assets.ts'
import { ChoiceField } from './choice-field.tsx'
import { type Conversion, withOption } from './conversion.ts'

type AssetFieldsProps = {
  name: 'intro' | 'outro' | 'watermark'
  value: Conversion
  onChange: (value: Conversion) => void
}

/** Which of the user's pictures and clips stands before, after or on the video. Not there while they have none. */
export const AssetFields = ({ name, value, onChange }: AssetFieldsProps) => {
  useAssets()
  const fitting = assets.value.filter(({ kind }) => kind === 'picture' || name !== 'watermark')
  if (fitting.length === 0) return null
  const change = (asset: string | undefined) => {
    if (asset === undefined) return onChange(withOption(value, name, undefined))
    if (name !== 'watermark') return onChange(withOption(value, name, { asset }))
    const before = value.options.watermark
    onChange(
      withOption(value, name, { position: 'bottom-right', opacity: 1, size: 0.15, margin: 0.03, ...before, asset }),
    )
  }
  return (
    <ChoiceField
      label={t(`options.${name}`)}
      value={value.options[name]?.asset}
      choices={fitting.map(({ id, fileName }) => [id, fileName])}
      none={t('options.nothing')}
      onChange={change}
    />
  )
}
