import { t } from '../i18n/translate.ts'
import { type Conversion, withOption } from './conversion.ts'
import { NumberField } from './number-field.tsx'

/** Which part of the video is used, from and to a second of it. */
export const TrimFields = ({ value, onChange }: { value: Conversion; onChange: (value: Conversion) => void }) => {
  const { trim } = value.options
  const end = trim?.endSeconds ?? (trim?.durationSeconds && trim.startSeconds + trim.durationSeconds)
  const change = (startSeconds: number | undefined, endSeconds: number | undefined) => {
    const isWhole = startSeconds === undefined && endSeconds === undefined
    onChange(
      withOption(
        value,
        'trim',
        isWhole
          ? undefined
          : {
              startSeconds: startSeconds ?? 0,
              atKeyframes: trim?.atKeyframes ?? false,
              ...(endSeconds !== undefined && { endSeconds }),
            },
      ),
    )
  }
  return (
    <fieldset class="field">
      <legend>{t('options.trim')}</legend>
      <div class="option-row">
        <NumberField
          label={t('options.trimStart')}
          value={trim?.startSeconds}
          min={0}
          step="any"
          onChange={(start) => change(start, end)}
        />
        <NumberField
          label={t('options.trimEnd')}
          value={end}
          min={0}
          step="any"
          onChange={(until) => change(trim?.startSeconds, until)}
        />
      </div>
    </fieldset>
  )
}
