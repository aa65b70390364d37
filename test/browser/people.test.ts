import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeDocument } from '@reelway/web/openapi/make-document.ts'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { signUp } from '../support/browser.ts'
import { callerOf } from '../support/call.ts'
import { newTask } from '../support/rows.ts'
import { startTestWeb } from '../support/web.ts'
import { logInByForm } from './log-in-by-form.ts'
import { type OpenPageOptions, startBrowser, withoutChromium } from './start-browser.ts'

const web = await startTestWeb()
const browser = withoutChromium === false ? await startBrowser() : undefined
const address = web.url.replace('127.0.0.1', 'localhost')
const options = { skip: withoutChromium }

const open = (how?: OpenPageOptions) => browser?.open(how) ?? assert.fail('there is no browser')

/** A new user, and the page of theirs. */
const openAsSomebody = async (how?: OpenPageOptions) => {
  const { email } = await signUp(callerOf(web.url))
  const { id } = await web.db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  const opened = await open(how)
  await opened.page.goto(address)
  await logInByForm(opened.page, email)
  await opened.page.getByText('Nothing here yet').waitFor()
  return { ...opened, userId: id, [Symbol.asyncDispose]: opened[Symbol.asyncDispose] }
}

/** A task of a user that is being converted. */
const converting = (userId: string, fileName: string) =>
  newTask(web.db, userId, { fileName, status: 'processing', queuedAt: new Date() })

const change = (id: string, fields: { progress?: number; status?: 'completed' | 'failed' }) =>
  web.db.updateTable('tasks').set(fields).where('id', '=', id).execute()

/** So much of the page may come before it can be used (issue: under 60 KB, compressed). */
const FIRST_LOAD_BYTES = 60_000

describe('the page', options, () => {
  test('is there after less than 60 KB, for who is new and for who is logged in', async () => {
    await using nobody = await open()
    await nobody.page.goto(address, { waitUntil: 'networkidle' })
    await assertSmall(nobody.page)
    await using somebody = await openAsSomebody()
    const cookies = await somebody.context.cookies()
    await using back = await open()
    await back.context.addCookies(cookies)
    await back.page.goto(address)
    await back.page.getByText('Nothing here yet').waitFor()
    await assertSmall(back.page)
  })

  test('speaks Spanish when its address asks for it, when it was chosen, and when the browser wants it', async () => {
    await using wanted = await open({ locale: 'es-MX' })
    const { page } = wanted
    await page.goto(address)
    await page.getByRole('button', { name: 'Iniciar sesión' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'es')
    await logInByForm(page, 'nadie@example.com', 'wrong horse')
    await page.getByText('Nombre o contraseña incorrectos').waitFor()
    await page.goto(`${address}/?lang=en`)
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    await page.goto(address)
    await page.getByRole('button', { name: 'Iniciar sesión' }).waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Log in' }).waitFor()

    await using asked = await open()
    await asked.page.goto(`${address}/?lang=es`)
    await asked.page.getByRole('button', { name: 'Iniciar sesión' }).waitFor()
  })
})

describe('the list of tasks', options, () => {
  test('shows each user their own while it changes, and never what is of another', async () => {
    await using ana = await openAsSomebody()
    await using bea = await openAsSomebody({ initially: KEEP_TEXTS })
    const task = await converting(ana.userId, 'of-ana.mp4')
    await ana.page.getByRole('heading', { name: 'of-ana.mp4' }).waitFor()
    await change(task.id, { progress: 0.43 })
    await ana.page.getByText('Converting, 43%').waitFor()
    await ana.page.waitForFunction("document.title === '43% · Reelway'")
    // What comes for bea comes after what came for ana.
    await converting(bea.userId, 'of-bea.mp4')
    await bea.page.getByRole('heading', { name: 'of-bea.mp4' }).waitFor()
    const seen = z.string().parse(await bea.page.evaluate('document.documentElement.dataset.seen'))
    assert.match(seen, /of-bea/)
    assert.doesNotMatch(seen, /of-ana/)
  })

  test('tells who looks elsewhere of a video that is ready or failed, by the browser, once they want it', async () => {
    await using ana = await openAsSomebody({ initially: KEEP_NOTIFICATIONS })
    const { page } = ana
    const told = async () => z.array(z.array(z.string())).parse(await page.evaluate('window.told'))
    const first = await converting(ana.userId, 'unwanted.mp4')
    await page.getByRole('heading', { name: 'unwanted.mp4' }).waitFor()
    await change(first.id, { status: 'completed' })
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.locator('.menu-button').click()
    await page.getByLabel('Tell me when a video is ready').check()
    const [good, bad] = [await converting(ana.userId, 'good.mp4'), await converting(ana.userId, 'bad.mp4')]
    await page.getByRole('heading', { name: 'good.mp4' }).waitFor()
    await page.getByRole('heading', { name: 'bad.mp4' }).waitFor()
    await change(good.id, { status: 'completed' })
    await page.getByText('Ready', { exact: true }).nth(1).waitFor()
    await change(bad.id, { status: 'failed' })
    await page.getByText('Could not be converted', { exact: true }).waitFor()
    await page.waitForFunction('window.told.length > 1')
    assert.deepEqual(await told(), [
      ['Your video is ready', 'good.mp4'],
      ['A video could not be converted', 'bad.mp4'],
    ])
  })

  test('gives back what was deleted by mistake, and deletes the rest also when the page is left at once', async () => {
    await using ana = await openAsSomebody()
    const { page } = ana
    const kept = await converting(ana.userId, 'kept.mp4')
    await converting(ana.userId, 'gone.mp4')
    await page.getByRole('button', { name: 'Delete: kept.mp4' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { name: 'kept.mp4' }).waitFor()
    await page.getByRole('button', { name: 'Delete: gone.mp4' }).click()
    await page.getByRole('heading', { name: 'gone.mp4' }).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('heading', { name: 'kept.mp4' }).waitFor()
    await page.getByRole('heading', { name: 'gone.mp4' }).waitFor({ state: 'detached' })
    const left = await web.db
      .selectFrom('tasks')
      .select('id')
      .where('userId', '=', ana.userId)
      .where('deletedAt', 'is', null)
      .execute()
    assert.deepEqual(left, [{ id: kept.id }])
  })

  test('offers to undo a deletion for as long as somebody points at the offer, and deletes when nobody does', async () => {
    await using ana = await openAsSomebody()
    const { page } = ana
    await converting(ana.userId, 'pondered.mp4')
    await page.getByRole('heading', { name: 'pondered.mp4' }).waitFor()
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + 60_000)
    await page.getByRole('button', { name: 'Delete: pondered.mp4' }).click()
    await page.getByRole('button', { name: 'Undo' }).hover()
    await page.clock.runFor(60_000)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Delete: pondered.mp4' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    const deleting = page.waitForRequest((request) => request.method() === 'DELETE')
    await page.mouse.move(0, 0)
    await page.clock.runFor(10_000)
    await deleting
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
  })

  test('stands still for who wants little motion, and moves for the others', async () => {
    await using calm = await openAsSomebody()
    await converting(calm.userId, 'still.mp4')
    await calm.page.getByText('Converting', { exact: true }).waitFor()
    assert.equal(await calm.page.evaluate(MOVING), 0)
    await calm.page.emulateMedia({ reducedMotion: 'no-preference' })
    await calm.page.waitForFunction(`${MOVING} > 0`)
  })
})

describe('the documents of the API', options, () => {
  test('show every call, try one with a session or a token, ask nobody else, and keep to their policy', async () => {
    await using ana = await openAsSomebody()
    const { page } = ana
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.locator('.menu-button').click()
    await page.getByRole('link', { name: 'API for programs' }).click()
    const me = page.locator('#operations-Accounts-getMe')
    await me.locator('.opblock-summary-control').click()
    const calls = Object.values(makeDocument().paths ?? {}).flatMap((item) => Object.keys(item))
    assert.equal(await page.locator('.opblock').count(), calls.length)
    await me.locator('.try-out__btn').click()
    await me.locator('.execute').click()
    await me.locator('.live-responses-table', { hasText: ana.userId }).waitFor()

    const { token, userId } = await web.newAccount()
    await page.locator('.btn.authorize').click()
    await page.locator('.auth-container input').first().fill(token)
    await page.locator('.auth-btn-wrapper .authorize').first().click()
    await page.locator('.auth-btn-wrapper .btn-done').first().click()
    await me.locator('.execute').click()
    await me.locator('.live-responses-table', { hasText: userId }).waitFor()
    const elsewhere = asked.filter((url) => !url.startsWith(`${address}/`) && !url.startsWith('data:'))
    assert.deepEqual(elsewhere, [])
  })
})

const resources = z.array(z.object({ name: z.string(), sent: z.number(), whole: z.number() }))

const assertSmall = async (page: Page): Promise<void> => {
  const loaded = resources.parse(
    await page.evaluate(`performance.getEntries()
      .filter(({ entryType, name }) => /navigation|resource/.test(entryType) && !new URL(name).pathname.startsWith('/api/'))
      .map(({ name, encodedBodySize, decodedBodySize }) => ({ name, sent: encodedBodySize, whole: decodedBodySize }))`),
  )
  assert.ok(loaded.length > 3 && loaded.every(({ sent, whole }) => sent > 0 && sent < whole), JSON.stringify(loaded))
  const bytes = loaded.reduce((sum, { sent }) => sum + sent, 0)
  assert.ok(bytes < FIRST_LOAD_BYTES, `${bytes} bytes: ${JSON.stringify(loaded)}`)
}

/** Everything that was ever written on the page. */
const KEEP_TEXTS = `new MutationObserver((changes) => {
  const root = document.documentElement
  for (const { addedNodes, target } of changes) {
    for (const { textContent } of [...addedNodes, target]) root.dataset.seen = (root.dataset.seen ?? '') + textContent + '\\n'
  }
}).observe(document, { subtree: true, childList: true, characterData: true })`

/** A browser that lets the page notify, and somebody who looks at another page. */
const KEEP_NOTIFICATIONS = `window.told = []
window.Notification = class {
  static permission = 'granted'
  static requestPermission = async () => 'granted'
  constructor(title, { body }) { window.told.push([title, body]) }
  addEventListener() {}
}
Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })`

const MOVING = `document.getAnimations().filter(({ playState }) => playState === 'running').length`
