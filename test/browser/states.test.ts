import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensurePage } from '../../infra/page/ensure-page.ts'
import { signUp } from '../support/browser.ts'
import { callerOf } from '../support/call.ts'
import { openChromium, withoutChromium } from '../support/open-chromium.ts'
import { startTestWeb } from '../support/web.ts'
import { everyKindOfTask } from './every-kind-of-task.ts'
import { logInByForm } from './log-in-by-form.ts'
import { takeScreenshots } from './take-screenshots.ts'

await ensurePage()
const web = await startTestWeb()
// The name for which browsers take the cookie without TLS.
const address = web.url.replace('127.0.0.1', 'localhost')
const call = callerOf(web.url)
const options = { skip: withoutChromium }

test('every state of who is not logged in can be used by everybody', options, async () => {
  await using opened = await openChromium()
  const { page } = opened
  await page.goto(address)
  await page.getByRole('button', { name: 'Log in' }).waitFor()
  await takeScreenshots(page, 'log-in')

  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByText('Give your password.').waitFor()
  await takeScreenshots(page, 'log-in-incomplete')

  await logInByForm(page, 'nobody@example.com', 'wrong horse')
  await page.getByText('Wrong name or password').waitFor()
  await takeScreenshots(page, 'wrong-password')

  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByLabel('User name').waitFor()
  await takeScreenshots(page, 'sign-up')
  assert.deepEqual(opened.faults, [])
})

test('every state of the list can be used by everybody', options, async () => {
  const ana = await signUp(call)
  await using opened = await openChromium()
  const { page } = opened
  await page.goto(address)
  await page.route('**/api/tasks?*', () => undefined)
  await logInByForm(page, ana.email)
  await page.getByRole('heading', { name: 'Your videos' }).waitFor()
  await page.locator('.task-ghost').first().waitFor()
  await takeScreenshots(page, 'loading')

  await page.unrouteAll()
  await page.reload()
  await page.getByText('Nothing here yet').waitFor()
  await takeScreenshots(page, 'empty')

  await everyKindOfTask(web.db, await idOf(ana.email))
  await page.reload()
  await page.getByText('Could not be converted').waitFor()
  await takeScreenshots(page, 'list')

  await page.getByText('Facts').first().click()
  await page.getByRole('columnheader', { name: 'Original' }).waitFor()
  await takeScreenshots(page, 'facts')

  await page
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await takeScreenshots(page, 'deleted')
  await page.getByRole('button', { name: 'Undo' }).click()

  await page
    .getByRole('button', { name: /^Convert to something else/ })
    .first()
    .click()
  await page.getByText('Options', { exact: true }).click()
  await takeScreenshots(page, 'convert-again')
  await page.keyboard.press('Escape')

  await page.locator('.menu-button').click()
  await takeScreenshots(page, 'menu')
  await page.locator('.menu-button').click()

  await page.getByRole('button', { name: 'Español' }).click()
  await page.getByRole('heading', { name: 'Tus videos' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'es')
  await takeScreenshots(page, 'spanish')
  await page.getByRole('button', { name: 'English' }).click()

  await page.context().setOffline(true)
  await page.getByText('You are offline').waitFor()
  await takeScreenshots(page, 'offline')
  await page.context().setOffline(false)

  await page.route('**/api/tasks?*', (route) => route.fulfill({ status: 502, body: 'a proxy speaks' }))
  await page.reload()
  await page.getByText('Your videos could not be loaded').waitFor()
  await takeScreenshots(page, 'list-failed')
  await page.unrouteAll()

  await web.db
    .updateTable('sessions')
    .set({ revokedAt: new Date() })
    .where('userId', '=', await idOf(ana.email))
    .execute()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Please log in again' }).waitFor()
  await takeScreenshots(page, 'session-expired')
  assert.deepEqual(opened.faults, [])
})

const idOf = async (email: string): Promise<string> => {
  const user = await web.db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  return user.id
}
