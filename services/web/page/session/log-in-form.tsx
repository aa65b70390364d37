import { useSignal } from '@preact/signals'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { TextField } from '../design/text-field.tsx'
import { t } from '../i18n/translate.ts'
import { checkLogIn } from './check-account.ts'
import { PasswordField } from './password-field.tsx'
import { logIn } from './session.ts'
import { useAccountForm } from './use-account-form.ts'

/** Asks for name and password. `login` is who it was before, when the session has ended. */
export const LogInForm = ({ login: known = '' }: { login?: string }) => {
  const login = useSignal(known)
  const password = useSignal('')
  const form = useAccountForm(
    () => checkLogIn({ login: login.value, password: password.value }),
    () => logIn(login.value.trim(), password.value),
  )
  return (
    <form class="form" noValidate onSubmit={form.submit}>
      {form.error.value !== undefined && <Notice kind="bad" {...form.error.value} />}
      <TextField
        label={t('session.login')}
        name="login"
        value={login}
        error={form.faultOf('login')}
        autocomplete="username"
        inputMode="email"
      />
      <PasswordField
        value={password}
        error={form.faultOf('password')}
        autocomplete="current-password"
        isFirst={known !== ''}
      />
      <Button type="submit" kind="primary" busy={form.busy.value}>
        {t('session.logIn')}
      </Button>
    </form>
  )
}
