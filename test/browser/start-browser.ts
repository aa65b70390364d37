import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach } from 'node:test'
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from '../support/play-in-chromium.ts'

/** Why tests of the page are skipped; false when there is a Chromium. */
export const withoutChromium: string | false =
  findChromium() === undefined && 'no Chromium was found on this machine: install it to test the page in a browser'

/** For a machine that has much else to do: no test is about speed. */
export const PATIENCE_MILLIS = 90_000

/** A page with cookies and storage of its own. A test fails when anything is left of what went wrong in its pages (`faults`). */
export type OpenPage = AsyncDisposable & { page: Page; context: BrowserContext; faults: string[] }

export type OpenPageOptions = BrowserContextOptions & {
  /** JavaScript that runs in every document before anything of the page's own */
  initially?: string
}

export type TestBrowser = {
  /** Opens an empty page as nobody, in English on a desktop unless `options` say otherwise. */
  open(options?: OpenPageOptions): Promise<OpenPage>
}

// Tells of what the policy forbade: the console does not for all of it.
const WATCH_POLICY = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('POLICY ' + violatedDirective + ' ' + blockedURI))`

/** Chromium for one file of tests, ended after the last of them. To be called only where there is one. */
export const startBrowser = async (): Promise<TestBrowser> => {
  const folder = await mkdtemp(join(tmpdir(), 'reelway-browser-'))
  const browser = await chromium.launch({
    executablePath: findChromium() ?? assert.fail('there is no Chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--autoplay-policy=no-user-gesture-required'],
    // What it leaves behind goes with the folder.
    env: { ...process.env, TMPDIR: folder },
    timeout: PATIENCE_MILLIS,
  })
  after(async () => {
    await browser.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  })
  const faults: string[] = []
  afterEach(() => assert.deepEqual(faults.splice(0), [], 'nothing went wrong in the page, and no policy was violated'))
  return {
    open: async ({ initially, ...options } = {}) => {
      const context = await browser.newContext({
        locale: 'en-GB',
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        ...options,
      })
      context.setDefaultTimeout(PATIENCE_MILLIS)
      await context.addInitScript(WATCH_POLICY)
      if (initially !== undefined) await context.addInitScript(initially)
      context.on('console', (message) => {
        if (isFault(message.type(), message.text())) faults.push(message.text())
      })
      context.on('weberror', (error) => faults.push(String(error.error())))
      const page = await context.newPage()
      return { page, context, faults, [Symbol.asyncDispose]: () => context.close() }
    },
  }
}

/** Requests that come to nothing are told of in the console whatever the page makes of them, and tests have them fail. */
const isFault = (type: string, text: string): boolean =>
  (type === 'error' && !text.startsWith('Failed to load resource:')) ||
  /Content Security Policy|Trusted ?Type/i.test(text)
