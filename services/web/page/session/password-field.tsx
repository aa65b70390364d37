import { type Signal, useSignal } from '@preact/signals'
import { TextField } from '../design/text-field.tsx'
import { t } from '../i18n/translate.ts'

/** A password, which can be shown while it is written. */
export const PasswordField = (props: {
  value: Signal<string>
  hint?: string
  error: string | undefined
  autocomplete: 'current-password' | 'new-password'
  isFirst?: boolean
}) => {
  const shown = useSignal(false)
  return (
    <TextField
      {...props}
      label={t('session.password')}
      name="password"
      type={shown.value ? 'text' : 'password'}
      action={
        <button
          type="button"
          class="field-action"
          aria-pressed={shown.value}
          aria-label={shown.value ? t('session.hidePassword') : t('session.showPassword')}
          onClick={() => {
            shown.value = !shown.value
          }}
        >
          {shown.value ? t('session.hide') : t('session.show')}
        </button>
      }
    />
  )
}
