import { useSignal } from '@preact/signals'
import { t } from '../i18n/translate.ts'
import { type Conversion, withOption } from './conversion.ts'
import { NumberField } from './number-field.tsx'

type Rectangle = {
  x?: number | undefined
  y?: number | undefined
  width?: number | undefined
  height?: number | undefined
}

/** The rectangle of the picture that is used. It counts when its width and height are given. */
export const CropFields = ({ value, onChange }: { value: Conversion; onChange: (value: Conversion) => void }) => {
  const written = useSignal<Rectangle>(value.options.crop ?? {})
  const change = (side: Rectangle) => {
    written.value = { ...written.value, ...side }
    const { x = 0, y = 0, width, height } = written.value
    const crop = width === undefined || height === undefined ? undefined : { x, y, width, height }
    onChange(withOption(value, 'crop', crop))
  }
  const field = (label: string, side: keyof Rectangle, min: number) => (
    <NumberField
      label={label}
      value={written.value[side]}
      min={min}
      step={1}
      onChange={(pixels) => change({ [side]: pixels })}
    />
  )
  return (
    <fieldset class="field">
      <legend>{t('options.crop')}</legend>
      <div class="option-row">
        {field(t('options.cropX'), 'x', 0)}
        {field(t('options.cropY'), 'y', 0)}
        {field(t('options.width'), 'width', 2)}
        {field(t('options.height'), 'height', 2)}
      </div>
    </fieldset>
  )
}
