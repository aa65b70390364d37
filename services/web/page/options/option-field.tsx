import type { FieldError } from '../api/api-error.ts'
import { AssetFields } from '../assets/asset-fields.tsx'
import { spoken } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'
import { ChoiceField } from './choice-field.tsx'
import { type Conversion, type optionOrder, withOption } from './conversion.ts'
import { CropFields } from './crop-fields.tsx'
import { FitFields } from './fit-fields.tsx'
import { NumberField } from './number-field.tsx'
import { loudnessOf, loudnessTargets, metadataChoices, qualities, quarterTurns } from './option-choices.ts'
import { TrimFields } from './trim-fields.tsx'

type OptionFieldProps = {
  name: (typeof optionOrder)[number]
  value: Conversion
  onChange: (value: Conversion) => void
  errors: readonly FieldError[]
}

/** Asks for one option, and says what the API found wrong with it. */
export const OptionField = (props: OptionFieldProps) => {
  const { name, errors } = props
  const wrong = errors.filter(({ pointer }) => pointer.startsWith(`/options/${name}`))
  return (
    <div class={`option option-${name}`}>
      <Control {...props} />
      {wrong.map(({ pointer, detail }) => (
        <p key={pointer} class="field-error">
          {spoken.value.language === 'en' ? detail : t('options.wrong')}
        </p>
      ))}
    </div>
  )
}

const Control = ({ name, value, onChange }: OptionFieldProps) => {
  const { options } = value
  switch (name) {
    case 'quality':
      return (
        <ChoiceField
          label={t('options.quality')}
          value={options.quality}
          choices={qualities.map((quality) => [quality, t(`options.quality.${quality}`)])}
          onChange={(quality) => onChange(withOption(value, 'quality', quality))}
        />
      )
    case 'rotate':
      return (
        <ChoiceField
          label={t('options.rotate')}
          value={options.rotate}
          choices={quarterTurns.map((degrees) => [degrees, t(`options.rotate.${degrees}`)])}
          onChange={(rotate) => onChange(withOption(value, 'rotate', rotate))}
        />
      )
    case 'flip':
      return (
        <ChoiceField
          label={t('options.flip')}
          value={options.flip}
          choices={[
            ['horizontal', t('options.flip.horizontal')],
            ['vertical', t('options.flip.vertical')],
          ]}
          onChange={(flip) => onChange(withOption(value, 'flip', flip))}
        />
      )
    case 'loudness':
      return (
        <ChoiceField
          label={t('options.loudness')}
          value={loudnessOf(options.loudness)}
          choices={loudnessTargets.map(({ name: target }) => [target, t(`options.loudness.${target}`)])}
          onChange={(target) => {
            const integratedLufs = loudnessTargets.find((candidate) => candidate.name === target)?.integratedLufs
            onChange(
              withOption(
                value,
                'loudness',
                integratedLufs === undefined ? undefined : { integratedLufs, truePeakDb: -1.5 },
              ),
            )
          }}
        />
      )
    case 'metadata':
      return (
        <ChoiceField
          label={t('options.metadata')}
          value={options.metadata}
          choices={metadataChoices.map((choice) => [choice, t(`options.metadata.${choice}`)])}
          onChange={(metadata) => onChange(withOption(value, 'metadata', metadata))}
        />
      )
    case 'maxFrameRate':
      return (
        <NumberField
          label={t('options.maxFrameRate')}
          value={options.maxFrameRate}
          min={1}
          max={240}
          step={1}
          onChange={(rate) => onChange(withOption(value, 'maxFrameRate', rate))}
        />
      )
    case 'mute':
      return (
        <label class="option-check">
          <input
            type="checkbox"
            checked={options.mute === true}
            onChange={(event) => onChange(withOption(value, 'mute', event.currentTarget.checked ? true : undefined))}
          />
          {t('options.mute')}
        </label>
      )
    case 'trim':
      return <TrimFields value={value} onChange={onChange} />
    case 'crop':
      return <CropFields value={value} onChange={onChange} />
    case 'fit':
      return <FitFields value={value} onChange={onChange} />
    case 'intro':
    case 'outro':
    case 'watermark':
      return <AssetFields name={name} value={value} onChange={onChange} />
    default:
      return name satisfies never
  }
}
