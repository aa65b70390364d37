import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeDocument } from '@reelway/web/openapi/make-document.ts'
import { chromium } from 'playwright-core'
import { findChromium } from '../../support/play-in-chromium.ts'
import { startTestWeb } from '../../support/web.ts'

const web = await startTestWeb()
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${web.url}${path}`, { headers })

describe('GET /openapi.json', () => {
  test('is the document of the code that runs, and is not sent twice to who has it', async () => {
    const answer = await get('/openapi.json')
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json\b/)
    assert.match(answer.headers.get('cache-control') ?? '', /max-age=\d+/)
    assert.deepEqual(await answer.json(), JSON.parse(JSON.stringify(makeDocument())))
    const again = await get('/openapi.json', { 'if-none-match': answer.headers.get('etag') ?? '' })
    assert.deepEqual([again.status, await again.text()], [304, ''])
  })
})

describe('GET /docs', () => {
  test('lets run, be shown and be called what comes from here alone, and browsers keep its parts', async () => {
    const answer = await get('/docs')
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe|https?:|\*/)
    const parts = [...(await answer.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
    assert.ok(parts.length >= 2, String(parts))
    for (const path of parts) {
      const part = await get(path)
      assert.equal(part.status, 200, path)
      assert.match(part.headers.get('cache-control') ?? '', /immutable/)
      assert.notEqual(part.headers.get('content-encoding'), null)
    }
  })

  const executablePath = findChromium()
  const skip = executablePath === undefined ? 'Chromium is not installed' : false
  test('shows every call, asks nobody else, breaks no policy, and tries a call with a token', { skip }, async () => {
    const { token } = await web.newAccount()
    const browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox'],
      timeout: 120_000,
    })
    try {
      const page = await browser.newPage()
      page.setDefaultTimeout(120_000)
      const [asked, errors]: [string[], string[]] = [[], []]
      page.on('request', (request) => asked.push(request.url()))
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
      await page.addInitScript(
        "addEventListener('securitypolicyviolation', (event) => console.error('violated', event.violatedDirective, event.blockedURI))",
      )
      await page.goto(`${web.url}/docs`)
      const calls = Object.values(makeDocument().paths ?? {}).flatMap((item) => Object.keys(item))
      await page
        .locator('.opblock')
        .nth(calls.length - 1)
        .waitFor()
      assert.equal(await page.locator('.opblock').count(), calls.length)

      await page.locator('.btn.authorize').click()
      await page.locator('.auth-container input').first().fill(token)
      await page.locator('.auth-btn-wrapper .authorize').first().click()
      await page.locator('.auth-btn-wrapper .btn-done').first().click()
      const me = page.locator('#operations-Accounts-getMe')
      await me.locator('.opblock-summary-control').click()
      await me.locator('.try-out__btn').click()
      await me.locator('.execute').click()
      await me.locator('.live-responses-table .response-col_status', { hasText: '200' }).waitFor()

      const elsewhere = asked.filter((url) => !url.startsWith(`${web.url}/`) && !url.startsWith('data:'))
      assert.deepEqual([elsewhere, errors], [[], []])
    } finally {
      await browser.close()
    }
  })
})
