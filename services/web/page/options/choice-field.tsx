import { useId } from 'preact/hooks'
import { t } from '../i18n/translate.ts'

/** Chooses one of a few values, or none of them. */
export const ChoiceField = <Value extends string | number>(props: {
  label: string
  value: Value | undefined
  choices: readonly (readonly [Value, string])[]
  /** what it is called to choose none; left out: as the preset has it */
  none?: string
  onChange: (value: Value | undefined) => void
}) => {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        value={props.value === undefined ? '' : String(props.value)}
        onChange={({ currentTarget }) =>
          props.onChange(props.choices.find(([choice]) => String(choice) === currentTarget.value)?.[0])
        }
      >
        <option value="">{props.none ?? t('options.unset')}</option>
        {props.choices.map(([choice, name]) => (
          <option key={choice} value={String(choice)}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
