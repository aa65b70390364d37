import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import type { TaskResource } from '@reelway/web/tasks/task-schema.ts'
import type { Page } from 'playwright-core'
import { signUp } from '../support/browser.ts'
import { callerOf } from '../support/call.ts'
import { completedTask } from '../support/completed-task.ts'
import { makeVideo } from '../videos/make-video.ts'
import { everyKindOfTask } from './every-kind-of-task.ts'
import { giveFiles } from './give-files.ts'
import { logInByForm } from './log-in-by-form.ts'
import { withoutChromium } from './start-browser.ts'
import { takeScreenshots } from './take-screenshots.ts'
import { startUploadPlace, type UploadPlace } from './upload-place.ts'

const place: UploadPlace | undefined = withoutChromium === false ? await startUploadPlace() : undefined
const { web, browser, address, open, newVideo, until } = place ?? ({} as UploadPlace)

describe('every state can be used by everybody', { skip: withoutChromium }, () => {
  test('of who is not logged in', async () => {
    await using opened = await browser.open()
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
    await using opened = await browser.open()
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
    // Its options are those of an upload; here what is half below the button that stays in sight would be too small for axe.
    await page.getByRole('heading', { name: 'Convert again' }).waitFor()
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

  test('of uploads', async () => {
    await using opened = await open()
    const { page, context } = opened
    const path = await newVideo('chosen.mp4', 1)
    await giveFiles(page, path)
    await until(page, 'choosing')
    await page.getByText('Options', { exact: true }).click()
    await takeScreenshots(page, 'upload-choice')
    await page.getByRole('button', { name: /^Convert:/ }).click()
    await until(page, 'done')

    web.storage.faults.add({
      match: { api: 'resumable', method: 'PUT' },
      times: 10,
      action: { kind: 'stall', ms: 600_000, afterBytes: 1_000_000 },
    })
    try {
      const diary = join(dirname(path), 'diary.txt')
      await writeFile(diary, 'Dear diary, today I flew.')
      const videos = [await newVideo('first.mp4', 3), await newVideo('second.mp4', 3), await newVideo('third.mp4', 3)]
      await giveFiles(page, [...videos, diary])
      await until(page, 'sending', 'second.mp4')
      await until(page, 'in-line', 'third.mp4')
      await until(page, 'refused', 'diary.txt')
      await page.getByRole('button', { name: /^Pause: .*first.mp4/ }).click()
      await until(page, 'paused', 'first.mp4')
      await takeScreenshots(page, 'uploads')
      await context.setOffline(true)
      await until(page, 'trying-again')
      await takeScreenshots(page, 'uploads-offline')
      await context.setOffline(false)
      await page.close()

      const back = await context.newPage()
      await back.goto(address)
      await until(back, 'needs-file', 'third.mp4')
      await takeScreenshots(back, 'uploads-interrupted')
    } finally {
      web.storage.faults.clear()
    }
  })

  test('of the player', async () => {
    const ana = await signUp(callerOf(web.url))
    const userId = await idOf(ana.email)
    await completedTask(web, userId, { fileName: 'broken.mp4', bytes: Buffer.alloc(100_000) })
    const bytes = await readFile(await makeVideo('seven-seconds'))
    await completedTask(web, userId, { fileName: 'flight.mp4', bytes })
    await using opened = await browser.open()
    const { page } = opened
    await page.goto(address)
    await logInByForm(page, ana.email)
    const watching = page.getByRole('button', { name: 'Watch: flight.mp4' })
    await page.route('**/assets/player-dialog*.js', (route) => route.abort())
    await watching.click()
    await page.getByText('A part of this page could not be loaded').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.unrouteAll()
    await watching.click()
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1)
    // Not to its end before it is paused.
    await page.locator('video').evaluate((video: HTMLVideoElement) => {
      video.loop = true
    })
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await takeScreenshots(page, 'player')
    await assertRenews(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Watch: broken.mp4' }).click()
    await page.getByText('This browser cannot play').waitFor()
    await takeScreenshots(page, 'player-failed')
  })
})

/** Lets the address of what is being watched fail in the middle, as a signed one does after hours: it goes on from there, at another one. */
const assertRenews = async (page: Page): Promise<void> => {
  await page.route('**/api/tasks/*', async (route) => {
    const response = await route.fetch()
    const task: TaskResource = await response.json()
    const outputs = task.outputs.map((output) => ({ ...output, url: `${output.url}#renewed` }))
    await route.fulfill({ response, json: { ...task, outputs } })
  })
  const before = await page.locator('video').evaluate((video: HTMLVideoElement) => {
    video.dispatchEvent(new Event('error'))
    return video.currentTime
  })
  await page.waitForFunction(() => document.querySelector('video')?.src.endsWith('#renewed'))
  await page.waitForFunction((seconds) => document.querySelector('video')?.currentTime === seconds, before)
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await page.unrouteAll()
}

const idOf = async (email: string): Promise<string> => {
  const user = await web.db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  return user.id
}
