import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from './play-in-chromium.ts'

/** Why tests of the page are skipped; false when there is a Chromium. */
export const withoutChromium: string | false =
  findChromium() === undefined && 'no Chromium was found on this machine: install it to test the page in a browser'

/** A page in a Chromium of its own, and everything that went wrong in it. */
export type OpenPage = AsyncDisposable & {
  page: Page
  browser: Browser
  /** violations of the content security policy, and errors that nobody caught */
  faults: string[]
}

// Tells of what the policy forbade: the console does not for all of it.
const WATCH_POLICY = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('POLICY ' + violatedDirective + ' ' + blockedURI))`

/** Opens an empty page in a new Chromium, as nobody, in English unless `options` say otherwise. `await using` ends it. */
export const openChromium = async (options: BrowserContextOptions = {}): Promise<OpenPage> => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('there is no Chromium')
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required'],
  })
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 }, ...options })
  // A busy machine is slow, and no test is about speed.
  context.setDefaultTimeout(60_000)
  await context.addInitScript(WATCH_POLICY)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    const text = message.text()
    if (/^POLICY|Content Security Policy|TrustedScript/.test(text)) faults.push(text)
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  return { page, browser, faults, [Symbol.asyncDispose]: () => browser.close() }
}
