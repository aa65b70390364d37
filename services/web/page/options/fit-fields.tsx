import { useSignal } from '@preact/signals'
import type { TaskOptions } from '@reelway/shared/options/task-options.ts'
import { t } from '../i18n/translate.ts'
import { ChoiceField } from './choice-field.tsx'
import { type Conversion, withOption } from './conversion.ts'
import { NumberField } from './number-field.tsx'
import { fitModes } from './option-choices.ts'

type Fit = NonNullable<TaskOptions['fit']>
type Written = { [Name in keyof Fit]?: Fit[Name] | undefined }

/** The size of the result, and how the picture is brought into it. It counts when width and height are given. */
export const FitFields = ({ value, onChange }: { value: Conversion; onChange: (value: Conversion) => void }) => {
  const written = useSignal<Written>(value.options.fit ?? {})
  const change = (part: Written) => {
    written.value = { ...written.value, ...part }
    const { width, height, mode = 'contain', align = 'centre', background = '#000000' } = written.value
    const isSized = width !== undefined && height !== undefined
    onChange(withOption(value, 'fit', isSized ? { mode, width, height, align, background } : undefined))
  }
  return (
    <fieldset class="field">
      <legend>{t('options.fit')}</legend>
      <div class="option-row">
        <NumberField
          label={t('options.width')}
          value={written.value.width}
          min={16}
          max={8192}
          step={2}
          onChange={(width) => change({ width })}
        />
        <NumberField
          label={t('options.height')}
          value={written.value.height}
          min={16}
          max={8192}
          step={2}
          onChange={(height) => change({ height })}
        />
      </div>
      <div class="option-row">
        <ChoiceField
          label={t('options.fitMode')}
          value={written.value.mode}
          choices={fitModes.map((mode) => [mode, t(`options.fitMode.${mode}`)])}
          onChange={(mode) => change({ mode })}
        />
        <ChoiceField
          label={t('options.fitBackground')}
          value={written.value.background}
          choices={[
            ['#000000', t('options.fitBackground.black')],
            ['blur', t('options.fitBackground.blur')],
          ]}
          onChange={(background) => change({ background })}
        />
      </div>
    </fieldset>
  )
}
