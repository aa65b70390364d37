import { Dialog } from '../design/dialog.tsx'
import { t } from '../i18n/translate.ts'
import { LogInForm } from './log-in-form.tsx'
import { logOut, session } from './session.ts'

/** Asks who is on the page to log in again; what is behind it stays as it is. */
export const ExpiredDialog = () => {
  const { value } = session
  if (value.kind !== 'expired') return null
  return (
    <Dialog title={t('session.expiredTitle')}>
      <p class="soft">{t('session.expired')}</p>
      <LogInForm login={value.user.username} />
      <p>
        <button type="button" class="link" onClick={leave}>
          {t('session.someoneElse')}
        </button>
      </p>
    </Dialog>
  )
}

/** Its session is over already: that the service cannot be told so changes nothing. */
const leave = (): void => void logOut().catch(() => undefined)
