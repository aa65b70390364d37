import { Icon } from '../design/icon.tsx'
import { Logo } from '../design/logo.tsx'
import { t } from '../i18n/translate.ts'
import { logOut, session } from '../session/session.ts'
import { LanguageSwitch } from './language-switch.tsx'
import { NotifySwitch } from './notify-switch.tsx'
import { showToast } from './toast.ts'
import './shell.css'

/** The head of the page: the logo, the language, and the account. */
export const Header = () => {
  const { value } = session
  return (
    <header class="header">
      <a class="skip" href="#content">
        {t('shell.skip')}
      </a>
      <a class="header-home" href="/">
        <Logo />
      </a>
      <LanguageSwitch />
      {(value.kind === 'user' || value.kind === 'expired') && (
        <details class="menu">
          <summary class="menu-button">
            <Icon name="user" />
            <span class="menu-name">{value.user.username}</span>
            <span class="unseen">{t('shell.account')}</span>
            <Icon name="chevron" />
          </summary>
          <div class="menu-list">
            <p class="soft">{value.user.email}</p>
            <NotifySwitch />
            <a class="menu-item" href="/docs">
              {t('shell.apiDocs')}
            </a>
            <button type="button" class="menu-item" onClick={leave}>
              {t('shell.logOut')}
            </button>
          </div>
        </details>
      )}
    </header>
  )
}

const leave = async (): Promise<void> => {
  try {
    await logOut()
    showToast({ text: t('session.loggedOut'), kind: 'plain', shownMillis: 5_000 })
  } catch {
    // The page has forgotten who it was; without the network the cookie's session ends by itself.
    showToast({ text: t('error.offline'), kind: 'bad', shownMillis: 8_000 })
  }
}
