import { render } from 'preact'
import { App } from './app.tsx'
import './design/tokens.css'
import './design/base.css'
import './design/controls.css'
import { startLanguage } from './i18n/language.ts'
import { startSession } from './session/session.ts'
import { startPageTitle } from './shell/page-title.ts'

const root = document.getElementById('page')
const asked = startSession()
await startLanguage()
startPageTitle()
if (root !== null) render(<App />, root)
await asked
