import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { FieldError } from '../api/api-error.ts'
import { explainError } from '../api/explain-error.ts'
import { Notice } from '../design/notice.tsx'
import type { ErrorText } from '../i18n/error-texts.ts'
import { t } from '../i18n/translate.ts'
import { type Conversion, givenOptions, optionOrder } from './conversion.ts'
import { OptionField } from './option-field.tsx'
import { PresetField } from './preset-field.tsx'
import { loadPresets, presets } from './presets.ts'
import './options.css'

/**
 * Asks what is to be made of a video: the preset, and folded away the options that it has. `without` are options that are asked for elsewhere;
 * `errors` what the API found wrong with them.
 */
export const ConversionForm = (props: {
  value: Conversion
  onChange: (value: Conversion) => void
  without?: readonly (typeof optionOrder)[number][]
  errors?: readonly FieldError[]
  /** what is asked for between the preset and the folded options */
  children?: ComponentChildren
}) => {
  const { value, onChange, without = [], errors = [], children } = props
  const failure = useSignal<ErrorText | undefined>(undefined)
  useEffect(() => {
    loadPresets().catch((error: unknown) => {
      failure.value = explainError(error)
    })
  }, [failure])
  if (failure.value !== undefined) return <Notice kind="bad" {...failure.value} title={t('options.failed')} />
  const preset = presets.value?.find(({ name }) => name === value.preset)
  const offered = optionOrder.filter((name) => preset?.options.includes(name) && !without.includes(name))
  const given = givenOptions(value).filter((name) => offered.includes(name)).length
  return (
    <div class="conversion">
      <PresetField value={value} onChange={onChange} />
      {children}
      {offered.length > 0 && (
        <details class="options" open={errors.length > 0 || undefined}>
          <summary>
            {t('options.more')}
            {given > 0 && <span class="options-count">{t('options.moreCount', { count: given })}</span>}
          </summary>
          <div class="options-fields">
            {offered.map((name) => (
              <OptionField key={name} name={name} value={value} onChange={onChange} errors={errors} />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}
