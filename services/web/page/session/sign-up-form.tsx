import { useSignal } from '@preact/signals'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { TextField } from '../design/text-field.tsx'
import { t } from '../i18n/translate.ts'
import { checkSignUp } from './check-account.ts'
import { PasswordField } from './password-field.tsx'
import { signUp } from './session.ts'
import { useAccountForm } from './use-account-form.ts'

/** Asks for what an account is made of. */
export const SignUpForm = () => {
  const username = useSignal('')
  const email = useSignal('')
  const password = useSignal('')
  const given = () => ({ username: username.value.trim(), email: email.value.trim(), password: password.value })
  const form = useAccountForm(
    () => checkSignUp(given()),
    () => signUp(given()),
  )
  return (
    <form class="form" noValidate onSubmit={form.submit}>
      {form.error.value !== undefined && <Notice kind="bad" {...form.error.value} />}
      <TextField
        label={t('session.username')}
        name="username"
        value={username}
        hint={t('session.usernameHint')}
        error={form.faultOf('username')}
        autocomplete="username"
      />
      <TextField
        label={t('session.email')}
        name="email"
        value={email}
        error={form.faultOf('email')}
        autocomplete="email"
        inputMode="email"
      />
      <PasswordField
        value={password}
        hint={t('session.passwordHint')}
        error={form.faultOf('password')}
        autocomplete="new-password"
      />
      <Button type="submit" kind="primary" busy={form.busy.value}>
        {t('session.signUp')}
      </Button>
    </form>
  )
}
