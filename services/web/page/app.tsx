import { explainError } from './api/explain-error.ts'
import { Button } from './design/button.tsx'
import { Notice } from './design/notice.tsx'
import { t } from './i18n/translate.ts'
import { ExpiredDialog } from './session/expired-dialog.tsx'
import { session, startSession } from './session/session.ts'
import { Welcome } from './session/welcome.tsx'
import { Header } from './shell/header.tsx'
import { LiveRegion } from './shell/live-region.tsx'
import { Toasts } from './shell/toasts.tsx'
import { Workspace } from './workspace.tsx'

/** The whole page. */
export const App = () => (
  <div class="page">
    <Header />
    <Body />
    <ExpiredDialog />
    <Toasts />
    <LiveRegion />
  </div>
)

const Body = () => {
  const { value } = session
  switch (value.kind) {
    case 'unknown':
      return (
        <main id="content" aria-busy="true">
          <p class="soft">{t('shell.loading')}</p>
        </main>
      )
    case 'unreachable':
      return (
        <main id="content">
          <h1 class="unseen">Reelway</h1>
          <Notice kind="bad" {...explainError(value.error)}>
            <p>
              <Button icon="retry" onClick={startSession}>
                {t('shell.retry')}
              </Button>
            </p>
          </Notice>
        </main>
      )
    case 'nobody':
      return <Welcome />
    case 'user':
    case 'expired':
      return <Workspace />
    default:
      return value satisfies never
  }
}
