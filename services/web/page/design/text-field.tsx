import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** A line to write in, with its label above it, and what is wrong with it below. */
export const TextField = (props: {
  label: string
  name: string
  value: Signal<string>
  type?: 'text' | 'password'
  hint?: string
  error: string | undefined
  autocomplete: 'username' | 'email' | 'current-password' | 'new-password'
  inputMode?: 'email'
  action?: ComponentChildren
  /** in a dialog: it has the focus when that opens */
  isFirst?: boolean | undefined
}) => {
  const { label, name, value, type = 'text', hint, error, autocomplete, inputMode, action, isFirst } = props
  const id = useId()
  const says = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  const attributes = {
    id,
    name,
    value: value.value,
    autocomplete,
    inputMode,
    autofocus: isFirst,
    autocapitalize: 'none' as const,
    spellcheck: false,
    'aria-invalid': error !== undefined,
    'aria-describedby': says === '' ? undefined : says,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      value.value = currentTarget.value
    },
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-line">
        {type === 'password' ? <input {...attributes} type="password" /> : <input {...attributes} type="text" />}
        {action}
      </div>
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}
