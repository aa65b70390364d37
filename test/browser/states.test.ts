import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signUp } from '../support/browser.ts'
import { callerOf } from '../support/call.ts'
import { startTestWeb } from '../support/web.ts'
import { everyKindOfTask } from './every-kind-of-task.ts'
import { logInByForm } from './log-in-by-form.ts'
import { startBrowser, withoutChromium } from './start-browser.ts'
import { takeScreenshots } from './take-screenshots.ts'

const web = await startTestWeb()
const browser = withoutChromium === false ? await startBrowser() : undefined
// The name for which browsers take the cookie without TLS.
const address = web.url.replace('127.0.0.1', 'localhost')

const open = () => browser?.open() ?? assert.fail('there is no browser')

describe('every state can be used by everybody', { skip: withoutChromium }, () => {
  test('of who is not logged in', async () => {
    await using opened = await open()
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
  })

  test('of the list', async () => {
    const ana = await signUp(callerOf(web.url))
    await using opened = await open()
    const { page, context } = opened
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
    await takeScreenshots(page, 'spanish')
    await page.getByRole('button', { name: 'English' }).click()

    await context.setOffline(true)
    await page.getByText('You are offline').waitFor()
    await takeScreenshots(page, 'offline')
    await context.setOffline(false)

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
  })
})

const idOf = async (email: string): Promise<string> => {
  const user = await web.db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  return user.id
}
