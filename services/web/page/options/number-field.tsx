import { useId } from 'preact/hooks'

/** Asks for a number, which may be left out. */
export const NumberField = (props: {
  label: string
  value: number | undefined
  /** what is taken when it is left out */
  placeholder?: string | undefined
  min: number
  max?: number
  step: number | 'any'
  onChange: (value: number | undefined) => void
}) => {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        value={props.value ?? ''}
        placeholder={props.placeholder}
        min={props.min}
        max={props.max}
        step={props.step}
        onInput={({ currentTarget: { value, valueAsNumber } }) =>
          props.onChange(value === '' || Number.isNaN(valueAsNumber) ? undefined : valueAsNumber)
        }
      />
    </div>
  )
}
