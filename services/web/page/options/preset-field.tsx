import { useId } from 'preact/hooks'
import { formatBytes, formatDuration } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { type Conversion, withPreset } from './conversion.ts'
import { presetDescription, presetTitle } from './preset-text.ts'
import { presets } from './presets.ts'

const KINDS = ['video', 'animation', 'picture', 'sound'] as const

/** Chooses the preset, and says what it makes. */
export const PresetField = ({ value, onChange }: { value: Conversion; onChange: (value: Conversion) => void }) => {
  const id = useId()
  const all = presets.value ?? []
  const chosen = all.find(({ name }) => name === value.preset)
  return (
    <div class="field">
      <label for={id}>{t('options.preset')}</label>
      <select
        id={id}
        value={value.preset}
        aria-describedby={`${id}-about`}
        disabled={all.length === 0}
        onChange={({ currentTarget }) => {
          const preset = all.find(({ name }) => name === currentTarget.value)
          if (preset !== undefined) onChange(withPreset(value, preset))
        }}
      >
        {KINDS.map((kind) => (
          <optgroup key={kind} label={t(`options.kind.${kind}`)}>
            {all
              .filter((preset) => preset.kind === kind)
              .map(({ name }) => (
                <option key={name} value={name}>
                  {presetTitle(name)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <p class="field-hint" id={`${id}-about`}>
        {chosen !== undefined && (
          <>
            {presetDescription(chosen)}{' '}
            {t('options.expected', {
              size: formatBytes(chosen.expected.sizeBytes),
              duration: formatDuration(chosen.expected.conversionSeconds),
            })}
          </>
        )}
      </p>
    </div>
  )
}
