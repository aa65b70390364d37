import { useSignal } from '@preact/signals'
import { Icon, type IconName } from '../design/icon.tsx'
import { t } from '../i18n/translate.ts'
import { LogInForm } from './log-in-form.tsx'
import { SignUpForm } from './sign-up-form.tsx'
import './welcome.css'

/** What who is not logged in sees: what Reelway is, and the way in. */
export const Welcome = () => {
  const isNew = useSignal(false)
  const points = [
    ['film', 'session.point1Title', 'session.point1'],
    ['shield', 'session.point2Title', 'session.point2'],
    ['target', 'session.point3Title', 'session.point3'],
  ] as const satisfies readonly (readonly [IconName, ...string[]])[]
  return (
    <main id="content" class="welcome">
      <div class="welcome-pitch">
        <h1>{t('shell.tagline')}</h1>
        <ul class="welcome-points">
          {points.map(([icon, title, text]) => (
            <li key={icon}>
              <Icon name={icon} />
              <div>
                <strong>{t(title)}</strong>
                <p>{t(text)}</p>
              </div>
            </li>
          ))}
        </ul>
      </div>
      <section class="card welcome-card" aria-labelledby="welcome-title">
        <h2 id="welcome-title">{isNew.value ? t('session.newHere') : t('session.welcomeBack')}</h2>
        {isNew.value ? <SignUpForm /> : <LogInForm />}
        <p class="welcome-other">
          {isNew.value ? t('session.haveAccount') : t('session.noAccount')}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              isNew.value = !isNew.value
            }}
          >
            {isNew.value ? t('session.logIn') : t('session.signUp')}
          </button>
        </p>
      </section>
    </main>
  )
}
